export * from './lib.js'; export const extra = 'x'; export { default as ld } from './lib.js';
