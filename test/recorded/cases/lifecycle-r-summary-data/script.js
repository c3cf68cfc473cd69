import { Trend, Counter, Gauge, Rate } from 'k6/metrics';
import { check, group } from 'k6';
const t = new Trend('my_t', true), c = new Counter('my_c'), g = new Gauge('my_g'), r = new Rate('my_r');
export const options = { thresholds: { my_c: ['count>0', 'count>5'] }, summaryTrendStats: ['avg', 'p(90)', 'count'], summaryTimeUnit: 's', tags: { a: 'b' } };
export default function () { t.add(100); c.add(1); g.add(3); r.add(1); check(1, { ok: true, no: false }); group('gg', () => check(1, { inner: true })); }
const sorted = (v) => Array.isArray(v) ? v.map(sorted) : v !== null && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sorted(v[k])])) : v;
export function handleSummary(d) {
  console.log(Object.keys(d).sort().join(), JSON.stringify(sorted(d.options)), Object.keys(d.state).sort().join(), d.state.isStdOutTTY, d.state.isStdErrTTY, typeof d.state.testRunDurationMs);
  for (const k of ['my_t', 'my_c', 'my_g', 'my_r', 'checks']) { const m = d.metrics[k]; if (k === 'my_c') delete m.values.rate; console.log(k, JSON.stringify(sorted(m))); }
  console.log(JSON.stringify(sorted(d.root_group)));
  return { stdout: '' };
}
