import { sleep } from 'k6';
export const options = { scenarios: { a: { executor: 'constant-arrival-rate', rate: 4, duration: '1100ms', preAllocatedVUs: 2, maxVUs: 2, tags: { own: 'x' } }, b: { executor: 'constant-arrival-rate', rate: 4, duration: '1100ms', preAllocatedVUs: 1 } }, tags: { run: 'r' } };
export default function () { sleep(1.3); }
