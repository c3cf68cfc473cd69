import { Counter, Gauge, Rate, Trend } from 'k6/metrics'; import { check, group } from 'k6';
const c = new Counter('c'), g = new Gauge('g'), r = new Rate('r'), t = new Trend('t'), tt = new Trend('tt', true), e = new Trend('e'), ec = new Counter('ec'), eg = new Gauge('eg'), er = new Rate('er');
export const options = { iterations: 4, thresholds: JSON.parse(__ENV.O) };
export default function () { c.add(1, { x: 1, y: __ITER === 0 ? 'a' : 'b' }); if (__ITER < 2) t.add(1, { x: 1 }); if (__ITER > 1) c.add(1, { x: '2' }); group('g', () => { if (__ITER < 2) c.add(1); check(1, { in: true }, { own: 't' }); }); }
