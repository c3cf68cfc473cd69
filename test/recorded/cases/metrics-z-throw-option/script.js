
import { Counter, Trend } from 'k6/metrics';
const c = new Counter('c1'), t = new Trend('t1');
export const options = { throw: true, iterations: 6 };
const F = [() => c.add('x'), () => t.add(NaN), () => c.add(1, { a: {} }), () => c.add(null), () => c.add(), () => c.add(1, 5)];
export default function () { console.log(__ITER, F[__ITER]()); }
