import { Counter, Gauge, Rate, Trend } from 'k6/metrics';
import { check, group } from 'k6';
const c = new Counter('my_counter'), b = new Counter('bytes', false), g = new Gauge('my_gauge'), r = new Rate('my_rate'), t = new Trend('my_trend'), tt = new Trend('my_time', true), gt = new Gauge('gauge_time', true), ct = new Counter('counter_time', true), l = new Trend('a_rather_long_metric_name_that_needs_room_1');
export const options = { thresholds: { my_counter: ['count>1', 'count>100'], 'my_trend{group:::g1}': ['avg<1'], my_rate: ['rate>0.5'], checks: ['rate>0.9'], 'checks{group:::g1}': ['rate==1'], my_gauge: ['value<10'], my_time: ['p(99)<100', 'med<1'], iterations: ['count==1'], 'http_reqs{a:b}': ['count==0'] } };
export default function () { c.add(3); c.add(0.5); b.add(1e7); g.add(7.25); g.add(-2); r.add(1); r.add(0); r.add(1); t.add(1); t.add(2000000); t.add(0.001); tt.add(1500); tt.add(0.02); tt.add(61000); gt.add(1234.5); ct.add(90000); l.add(1);
  check(1, { ok: () => true, bad: () => false, 'ünï ☃': () => true });
  group('g1', () => { check(1, { 'in g1': () => true }); c.add(1); group('g2 ☃ with a long name', () => { check(1, { ok: () => false }); t.add(5); }); });
  group('g1', () => {});
}
