
import { Counter, Trend, Rate, Gauge } from 'k6/metrics'; import { check, group } from 'k6';
const L = ['zz', 'Zz', 'aa', 'A_a', 'b1', 'b10', 'b2', '_u'].map((n, i) => [new Counter(n), new Trend('t' + n), new Rate('r' + n), new Gauge('g' + n)]);
export const options = { thresholds: { 'zz{x:1}': ['count>0'], 'zz{a:1}': ['count>=0'], 'tzz{x:2}': ['avg>=0'], aa: ['count>0'] } };
export default function () { for (const [c, t, r, g] of L) { c.add(1, { x: 1 }); t.add(2, { x: 2 }); r.add(1); g.add(3); } group('z', () => check(1, { b: true, a: true, C: false })); group('a', () => check(1, { 'x y': true, 'é': true })); check(1, { root: true }); }
