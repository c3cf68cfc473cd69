import exec from 'k6/execution';
import { sleep } from 'k6';
if (__VU > 2) throw new Error('no more VUs');
export const options = { scenarios: { a: { executor: 'constant-arrival-rate', rate: 10, duration: '1050ms', preAllocatedVUs: 2, maxVUs: 3, gracefulStop: '3s' } } };
export default function () { console.log(exec.vu.idInTest); sleep(1.5); }
