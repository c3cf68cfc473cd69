import { sleep } from 'k6';
import { Rate } from 'k6/metrics';
const r = new Rate('my_r');
export const options = { scenarios: { s: { executor: 'constant-vus', vus: 2, duration: '10s' } }, thresholds: { my_r: [{ threshold: 'rate>0.5', abortOnFail: true, delayAbortEval: __ENV.D }] } };
let t0;
export function setup() { return Date.now(); }
export default function () { r.add(false); sleep(0.1); }
export function teardown(t) { const s = (Date.now() - t) / 1000; console.log('aborted in time', s > 1.5 && s < 4.8, Math.round(s / 2) * 2); }
