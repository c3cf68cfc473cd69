export const options = { scenarios: { a: { executor: 'shared-iterations', vus: 2, iterations: 2 }, b: { executor: 'per-vu-iterations', vus: 10, iterations: 1 }, c: { executor: 'constant-arrival-rate', rate: 5, duration: '1s', preAllocatedVUs: 1 } } };
export default function () { console.log(__VU); }
export function teardown() { console.log('teardown'); }
