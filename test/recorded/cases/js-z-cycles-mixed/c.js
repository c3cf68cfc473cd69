import * as d from './d.js'; export function fn() { return `c${d.fn2()}`; } export const name = 'C';
