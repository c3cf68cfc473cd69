import exec from 'k6/execution';
import { sleep } from 'k6';
let n = 0;
export const options = { scenarios: {
  a: { executor: 'constant-arrival-rate', rate: 5, duration: '1050ms', preAllocatedVUs: 1, gracefulStop: '500ms', exec: 'f' },
  b: { executor: 'per-vu-iterations', vus: 1, iterations: 3, startTime: '2s', exec: 'f' } } };
export function f() { n++; console.log(exec.scenario.name, n, __ITER, exec.vu.iterationInScenario, exec.scenario.iterationInInstance); }
