
export const options = { scenarios: { a: { executor: 'per-vu-iterations', iterations: 1, vus: 1, gracefulStop: '0s', maxDuration: '1h1m1s' }, b: { executor: 'shared-iterations', iterations: 1, maxDuration: '36h', startTime: '1500ms', gracefulStop: '1ms' } } };
export default function () { }
