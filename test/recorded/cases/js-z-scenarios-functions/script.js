import { imported } from './lib.js';
export const options = { scenarios: { a: { executor: 'per-vu-iterations', exec: 'first', vus: 1, iterations: 1 }, b: { executor: 'per-vu-iterations', exec: 'second', vus: 1, iterations: 1, startTime: '300ms' }, c: { executor: 'per-vu-iterations', exec: 'third', vus: 1, iterations: 1, startTime: '600ms' }, d: { executor: 'per-vu-iterations', exec: 'renamed', vus: 1, iterations: 1, startTime: '900ms' }, e: { executor: 'per-vu-iterations', exec: 'gen', vus: 1, iterations: 1, startTime: '1200ms' } } };
export function first() { console.log('first', this === undefined, arguments.length); }
export const second = async (d) => { await null; console.log('second', typeof d); };
export const third = class { static x() { } }.x && function () { console.log('third'); };
export { imported as renamed };
export function* gen() { console.log('never'); yield 1; }
