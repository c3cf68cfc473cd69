import { sleep } from 'k6';
import exec from 'k6/execution';
export const options = { scenarios: {
  a: { executor: 'shared-iterations', vus: 1, iterations: 4, exec: 'p' },
  b: { executor: 'per-vu-iterations', vus: 1, iterations: 4, exec: 'p' },
  c: { executor: 'constant-vus', vus: 1, duration: '1s', exec: 'q' },
  d: { executor: 'constant-arrival-rate', rate: 2, duration: '1100ms', preAllocatedVUs: 1, exec: 'q' },
  e: { executor: 'ramping-vus', startVUs: 1, stages: [{ duration: '1s', target: 1 }], exec: 'q' } } };
export function p() { console.log(exec.scenario.name, exec.scenario.progress, Math.abs(exec.scenario.startTime - Date.now()) < 3000, Number.isInteger(exec.scenario.startTime)); sleep(0.05); }
export function q() { const v = exec.scenario.progress; console.log(exec.scenario.name, exec.scenario.iterationInTest, Math.floor(v * 5 + 0.2)); sleep(0.39); }
