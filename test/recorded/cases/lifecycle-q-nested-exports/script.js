export { helper as setup, dflt as default } from './lib.js';
export * from './more.js';
