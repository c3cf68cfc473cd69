
import { Counter, Rate } from 'k6/metrics'; import { sleep, check } from 'k6';
const c = new Counter('cc'), r = new Rate('rr');
export const options = { vus: 1, duration: '30s', thresholds: JSON.parse(__ENV.O) };
export default function () { c.add(1); r.add(false); check(1, { no: false }); sleep(0.2); }
export function teardown() { console.log('teardown'); }
export function handleSummary(d) { console.log(JSON.stringify(d.metrics.cc.thresholds), JSON.stringify(d.metrics.rr.thresholds)); return { stdout: 'S\n' }; }
