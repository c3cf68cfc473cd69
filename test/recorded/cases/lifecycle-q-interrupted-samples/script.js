import { sleep, check, group } from 'k6';
import http from 'k6/http';
import { Counter, Trend } from 'k6/metrics';
const c = new Counter('cc');
const t = new Trend('tt');
export const options = { scenarios: { a: { executor: 'constant-vus', vus: 1, duration: '1s', gracefulStop: '0s' } } };
export default function () {
  http.get(`${__ENV.TARGET}/get`);
  check(1, { ok: true });
  group('done', () => { c.add(1); });
  group('cut', () => { t.add(1); try { http.get(`${__ENV.TARGET}/delay/3`); } finally { console.log('finally'); } c.add(10); });
  c.add(100);
}
