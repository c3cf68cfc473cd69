import { sleep } from 'k6';
import { Counter } from 'k6/metrics';
const c = new Counter('my_c');
export const options = { scenarios: { a: { executor: 'constant-vus', vus: 1, duration: '3500ms' } }, thresholds: { my_c: [{ threshold: 'count<2', abortOnFail: true, delayAbortEval: '20s' }] } };
export default function () { c.add(1); sleep(0.3); }
export function teardown() { console.log('teardown'); }
