//# err: level=warning msg=.Insufficient VUs
//# not-err: level=error
//# out: ^4 made, 1 planned$
import exec from 'k6/execution';
import { sleep } from 'k6';
import { Counter } from 'k6/metrics';
import { same, throws } from './_expect.js';

// Init code of VUs that are made once the test has begun may look at the instance: setup's, and those that a rate adds.
const made = new Counter('made_while_running');
let isRunning = true;
try {
  same('vusInitialized', exec.instance.vusInitialized >= 1, true);
} catch (e) {
  isRunning = false;
}
export const options = {
  scenarios: { s: { executor: 'constant-arrival-rate', rate: 20, duration: '1s', preAllocatedVUs: 1, maxVUs: 4, gracefulStop: '0s' } },
};
export function setup() {
  same('in setup', isRunning, true);
}
export default function () {
  if (exec.vu.iterationInInstance === 0) made.add(isRunning ? 1 : 0);
  same('by number', isRunning, exec.vu.idInTest > 1);
  sleep(60);
}
export function teardown() {
  same('in teardown', isRunning, false);
  throws('the instance in teardown', () => exec.instance, 'not supported');
}
export function handleSummary(data) {
  return { stdout: `${data.metrics.made_while_running.values.count + 1} made, 1 planned\n` };
}
