export const options = { scenarios: { a: { executor: 'constant-arrival-rate', rate: 10, duration: '10s', preAllocatedVUs: 3, maxVUs: 9 }, b: { executor: 'per-vu-iterations', vus: 4, startTime: '45s', maxDuration: '7s' } } };
export default function () {}
