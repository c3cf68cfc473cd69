import { Counter, Gauge, Rate, Trend } from 'k6/metrics';
const M = { c: new Counter('my_c'), g: new Gauge('my_g'), r: new Rate('my_r'), t: new Trend('my_t') };
const V = [1, 0, -1, 1.5, true, false, '12', '', ' ', 'abc', '0x10', '1e3', null, undefined, NaN, Infinity, -Infinity, [], [3], [1, 2], {}, { valueOf() { return 4; } }, new Date(5), () => 1, Symbol('s'), 3n, new Number(6), new String('7')];
export default function () {
  for (const k of Object.keys(M)) V.forEach((v, i) => { try { console.log(k, i, M[k].add(v)); } catch (e) { console.log(k, i, 'threw', e.name); } });
  console.log(M.c.add());
  const { add } = M.c; console.log(add(2));
  console.log(M.c.add(1, { a: 'b' }), M.c.add(1, null), M.c.add(1, undefined), M.c.add(1, {}), M.c.add(1, 'ab'), M.c.add(1, 5), M.c.add(1, ['x']));
  for (const bad of [{ a: null }, { a: {} }, { a: undefined }, { a: [] }]) try { console.log(M.c.add(1, bad)); } catch (e) { console.log(e.name, e.message); }
  try { console.log(M.c.add(1, { s: Symbol('q') })); } catch (e) { console.log('sym', e.name); }
  try { console.log(M.c.add(1, { s: new String('q') })); } catch (e) { console.log('strobj', e.name, e.message); }
}
