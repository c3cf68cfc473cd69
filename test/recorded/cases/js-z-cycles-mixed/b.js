import { a } from './a.js'; export const b = 'b'; export function getb() { return `b(${a})`; }
