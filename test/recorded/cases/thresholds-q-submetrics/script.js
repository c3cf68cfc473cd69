import { Trend, Counter, Rate, Gauge } from 'k6/metrics';
const t = new Trend('my_t'), c = new Counter('my_c'), g = new Gauge('my_g'), r = new Rate('my_r');
export const options = { thresholds: {
  'my_t{a:1}': ['avg<2'], 'my_t{a:1,b:2}': ['avg<2'], 'my_t{b:2,a:1}': ['avg>100'], 'my_t{ a : 1 }': ['max<9'], 'my_t{a:"1"}': ['min>0'], "my_t{a:'1'}": ['min>=0'], 'my_t{a:1, b:2}': ['p(90)<9'], 'my_t{url:http://x/y}': ['max==7'], 'my_t{none:x}': ['avg<1'], 'my_t{a:*}': ['avg<1'],
  'my_c{a:1}': ['count==2'], 'my_c{none:x}': ['count>0'], 'my_g{a:1}': ['value==2'], 'my_g{none:x}': ['value>0'], 'my_r{a:1}': ['rate<=0.5'], 'my_r{none:x}': ['rate>0.5'], 'checks{check:x}': ['rate>0'], 'iterations{scenario:default}': ['count==1'], 'data_sent{scenario:default}': ['count>=0'], 'vus{a:b}': ['value>0'], 'iteration_duration{group:}': ['max>0'], 'iteration_duration{group:::setup}': ['max>0'] } };
export default function () {
  t.add(1, { a: 1, b: 2 }); t.add(3, { a: '1' }); t.add(7, { url: 'http://x/y' }); c.add(1, { a: 1 }); c.add(1, { a: '1', z: 'q' }); c.add(5); g.add(2, { a: 1 }); g.add(5); r.add(true, { a: 1 }); r.add(false, { a: 1, b: 3 });
}
export function handleSummary(d) { for (const k of Object.keys(d.metrics).sort()) if (d.metrics[k].thresholds) console.log(k, d.metrics[k].type, d.metrics[k].contains, JSON.stringify(Object.entries(d.metrics[k].thresholds).sort()), k.includes('none') ? JSON.stringify(d.metrics[k].values) : ''); return {}; }
