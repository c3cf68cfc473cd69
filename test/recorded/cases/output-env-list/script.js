import { Counter, Gauge, Rate, Trend } from 'k6/metrics';
import { check, group } from 'k6';
const c = new Counter('my_counter'), g = new Gauge('my_gauge'), r = new Rate('my_rate'), t = new Trend('my_trend', true);
export const options = { tags: { run: 'r1' }, thresholds: { my_counter: ['count>0', { threshold: 'count>1', abortOnFail: true, delayAbortEval: '1s' }], 'my_trend{x:y}': ['avg<5'], 'my_trend{x:y,z:1}': [] } };
export default function () { c.add(3); c.add(0.5, { 'a b': 'c,d "e"', run: 'own' }); g.add(-2.25); r.add(true); r.add(0); t.add(1.5, { x: 'y' }); t.add(1e21); t.add(1e-7, { name: 'ünï ☃', url: 'u' }); check(1, { ok: () => true, 'not ok': () => false }); group('g1', () => { c.add(1); group('g2', () => check(1, { in: () => true })); }); }
