import { sleep } from 'k6';
import exec from 'k6/execution';
export const options = { scenarios: {
  a: { executor: 'constant-vus', vus: 2, duration: '1s', gracefulStop: '0s', exec: 'busy' },
  b: { executor: 'per-vu-iterations', vus: 1, iterations: 1, startTime: '1500ms', exec: 'look' } } };
export function busy() { sleep(0.8); }
export function look() { const i = exec.instance; console.log(i.iterationsCompleted, i.iterationsInterrupted, i.vusActive, i.vusInitialized, i.currentTestRunDuration > 1400 && i.currentTestRunDuration < 2500); }
export function setup() { const i = exec.instance; console.log('setup', i.iterationsCompleted, i.vusActive, i.vusInitialized); }
