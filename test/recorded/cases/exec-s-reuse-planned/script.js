import exec from 'k6/execution';
import { sleep } from 'k6';
export const options = { scenarios: {
  a: { executor: 'constant-vus', vus: 5, duration: '1s', gracefulStop: '0s', exec: 'nap' },
  b: { executor: 'constant-arrival-rate', rate: 20, duration: '1s', preAllocatedVUs: 1, maxVUs: 5, startTime: '1200ms', gracefulStop: '3s' } } };
export function nap() { sleep(0.3); }
export default function () { console.log('in use', exec.instance.vusInitialized, exec.vu.idInTest <= 5); sleep(1.5); }
