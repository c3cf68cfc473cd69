
import exec from 'k6/execution';
let count = 0;
export const options = { scenarios: { a: { executor: 'shared-iterations', vus: 1, iterations: 3 }, b: { executor: 'shared-iterations', vus: 1, iterations: 2, startTime: '500ms', exec: 'b', gracefulStop: '0s' }, c: { executor: 'constant-vus', vus: 1, duration: '1s', startTime: '1s', exec: 'c' } } };
export default function () { count++; exec.vu.tags.mine = 'a' + count; console.log('a', count, __ITER, exec.vu.iterationInScenario, JSON.stringify(Object.entries(exec.vu.tags).sort())); globalThis.g = count; }
export function b() { count++; console.log('b', count, __ITER, exec.vu.iterationInScenario, globalThis.g, JSON.stringify(Object.entries(exec.vu.tags).sort())); exec.vu.metrics.metadata.m = 'x'; }
let said = false;
export function c() { if (!said) console.log('c', __ITER, exec.vu.iterationInScenario, JSON.stringify(Object.entries(exec.vu.tags).sort()), JSON.stringify(exec.vu.metrics.metadata)); said = true; }
