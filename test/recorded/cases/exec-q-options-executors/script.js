import exec from 'k6/execution';
const base = { startTime: '20ms', gracefulStop: '1s', env: { A: 'b' }, exec: 'f', tags: { t: 'u' } };
export const options = { scenarios: {
  si: { executor: 'shared-iterations', vus: 1, iterations: 1, maxDuration: '90s', ...base },
  pv: { executor: 'per-vu-iterations', vus: 1, iterations: 1, maxDuration: '1h', ...base },
  cv: { executor: 'constant-vus', vus: 1, duration: '1s', ...base },
  rv: { executor: 'ramping-vus', startVUs: 1, stages: [{ duration: '1s', target: 1 }], gracefulRampDown: '0s', ...base },
  ca: { executor: 'constant-arrival-rate', rate: 1, timeUnit: '1m', duration: '1s', preAllocatedVUs: 1, maxVUs: 2, ...base },
  ra: { executor: 'ramping-arrival-rate', startRate: 1, timeUnit: '1m', stages: [{ duration: '1s', target: 1 }, { duration: 0, target: 0 }], preAllocatedVUs: 1, maxVUs: 2, ...base },
  m1: { executor: 'shared-iterations', exec: 'f' },
  m2: { executor: 'per-vu-iterations', exec: 'f' },
  m4: { executor: 'ramping-vus', exec: 'f', stages: [{ duration: '100ms', target: 1 }] },
  m5: { executor: 'constant-arrival-rate', exec: 'f', rate: 1, duration: '1s', preAllocatedVUs: 1 },
  m6: { executor: 'ramping-arrival-rate', exec: 'f', stages: [{ duration: '100ms', target: 1 }], preAllocatedVUs: 1 },
} };
export function f() { sleepy(); }
import { sleep } from 'k6';
function sleepy() { sleep(0.9); }
export function setup() { for (const k of Object.keys(exec.test.options.scenarios).sort()) console.log(k, JSON.stringify(exec.test.options.scenarios[k])); const o = { ...exec.test.options }; delete o.scenarios; console.log(JSON.stringify(o)); }
export function handleSummary() { return {}; }
