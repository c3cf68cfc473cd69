import exec from 'k6/execution';
import { sleep } from 'k6';
export const options = { scenarios: {
  a: { executor: 'shared-iterations', vus: 3, iterations: 9, exec: 'f' },
  b: { executor: 'per-vu-iterations', vus: 2, iterations: 3, exec: 'f' },
  c: { executor: 'shared-iterations', vus: 1, iterations: 4, exec: 'g', startTime: '1s' } } };
const seen = {};
export function f() {
  sleep(0.02);
  console.log(exec.scenario.name, exec.scenario.iterationInTest, exec.scenario.iterationInInstance === exec.scenario.iterationInTest, __ITER === exec.vu.iterationInInstance, exec.vu.idInInstance === __VU, exec.vu.idInTest === __VU);
}
export function g() { console.log('c', exec.scenario.iterationInTest, exec.vu.iterationInScenario); }
export function handleSummary(d) { return { stdout: `${d.metrics.iterations.values.count}\n` }; }
