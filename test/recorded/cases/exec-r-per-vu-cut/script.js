import { sleep } from 'k6';
export const options = { scenarios: { b: { executor: 'per-vu-iterations', vus: 2, iterations: 5, maxDuration: '1s', gracefulStop: '200ms' }, c: { executor: 'shared-iterations', vus: 2, iterations: 9, maxDuration: '1s', gracefulStop: '0s' } } };
export default function () { sleep(0.7); }
