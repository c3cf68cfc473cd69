
import { Counter, Gauge, Rate, Trend } from 'k6/metrics';
const M = { c: new Counter('c'), g: new Gauge('g'), r: new Rate('r'), t: new Trend('t') };
const V = { str: '5', strf: ' 1.5 ', bad: 'x', nul: null, und: undefined, t: true, f: false, nan: NaN, inf: Infinity, obj: {}, arr: [], arr1: [7], arr2: [1, 2], fn: () => 1, date: new Date(5), big: 3n, box: new Number(4), bstr: new String('6'), vo: { valueOf() { return 9; } }, ts: { toString() { return '8'; } }, neg: -1, nzero: -0, hex: '0x10', exp: '1e2', empty: '', zero: 0 };
export default function () {
  for (const m of Object.keys(M)) for (const k of Object.keys(V)) { try { console.log(m, k, M[m].add(V[k])); } catch (e) { console.log(m, k, 'threw', e.name); } }
  for (const m of Object.keys(M)) { try { console.log(m, 'none', M[m].add()); } catch (e) { console.log(m, 'threw', e.name); } }
}
