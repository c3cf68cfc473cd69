import { Trend, Counter, Rate, Gauge } from 'k6/metrics';
const t = new Trend('my_t'), tt = new Trend('my_time', true), c = new Counter('my_bytes'), ct = new Counter('my_ct', true), g = new Gauge('my_g'), gt = new Gauge('my_gt', true), r = new Rate('my_r'), rt = new Rate('my_rt', true);
export const options = { summaryTimeUnit: 'us' };
export default function () {
  for (let i = 1; i <= 10; i++) { t.add(i * 1.1); tt.add(i * 100.5); c.add(1e6 * i); ct.add(i); g.add(i % 7); gt.add(i * 1000); r.add(i % 3); rt.add(i > 9); }
}
