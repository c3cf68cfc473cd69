import { sleep } from 'k6';
import exec from 'k6/execution';
export const options = { scenarios: {
  a: { executor: 'per-vu-iterations', vus: 2, iterations: 1, maxDuration: '1s', gracefulStop: '0s' },
  b: { executor: 'shared-iterations', vus: 2, iterations: 2, startTime: '1s', maxDuration: '1s', gracefulStop: '0s' },
  c: { executor: 'constant-vus', vus: 2, duration: '1s', startTime: '2s', gracefulStop: '0s' },
  d: { executor: 'constant-arrival-rate', rate: 2, duration: "1100ms", preAllocatedVUs: 2, startTime: "3s", gracefulStop: '0s' } } };
export default function () { console.log(exec.scenario.name, exec.vu.idInTest <= 2, exec.instance.vusInitialized); sleep(0.4); }
