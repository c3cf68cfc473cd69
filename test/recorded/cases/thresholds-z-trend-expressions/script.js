import { Counter, Gauge, Rate, Trend } from 'k6/metrics'; import { check, group } from 'k6';
const c = new Counter('c'), g = new Gauge('g'), r = new Rate('r'), t = new Trend('t'), tt = new Trend('tt', true), e = new Trend('e'), ec = new Counter('ec'), eg = new Gauge('eg'), er = new Rate('er');
export const options = { iterations: 4, thresholds: JSON.parse(__ENV.O) };
export default function () { c.add(2); g.add(__ITER - 1); r.add(__ITER % 2); t.add(__ITER * 1.5); tt.add(10 * __ITER); check(1, { ok: true, half: __ITER % 2 }); }
