import { sleep } from 'k6';
import { Counter, Trend } from 'k6/metrics';
const c = new Counter('my_c'), t = new Trend('my_t');
export const options = { scenarios: { a: { executor: 'constant-vus', vus: 1, duration: '10s' } }, thresholds: { my_c: ['count<2'], my_t: [{ threshold: 'max<1', abortOnFail: true }, 'min<0'], 'my_t{a:b}': ['avg<0'] } };
export default function () { c.add(1); t.add(5, { a: 'b' }); sleep(0.2); }
export function handleSummary(d) { console.log(JSON.stringify(d.metrics.my_c.thresholds), JSON.stringify(d.metrics.my_t.thresholds)); return {}; }
