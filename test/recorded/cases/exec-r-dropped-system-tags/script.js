import { sleep } from 'k6';
export const options = { scenarios: { a: { executor: 'constant-arrival-rate', rate: 4, duration: '1100ms', preAllocatedVUs: 1, maxVUs: 1 }, b: { executor: 'per-vu-iterations', vus: 2, iterations: 3, maxDuration: '1s' }, c: { executor: 'shared-iterations', vus: 2, iterations: 30, maxDuration: '1s' } } };
export default function () { sleep(0.7); }
