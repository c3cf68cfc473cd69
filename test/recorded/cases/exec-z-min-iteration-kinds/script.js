
import { sleep } from 'k6';
export const options = { minIterationDuration: '200ms', scenarios: { a: { executor: 'per-vu-iterations', vus: 1, iterations: 2 }, b: { executor: 'constant-arrival-rate', rate: 5, duration: '1s', preAllocatedVUs: 1, maxVUs: 1, startTime: '600ms' } } };
export function setup() { console.log('setup'); }
export default function () { if (__ITER === 1) throw new Error('x'); }
export function teardown() { console.log('teardown'); }
