import http from 'k6/http';
import { check } from 'k6';
const T = __ENV.TARGET;
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
const t = (n, f) => { try { const v = f(); console.log(n, v === undefined ? 'undefined' : JSON.stringify(sort(v))); } catch (e) { console.log(n, 'threw', ['TypeError','RangeError','SyntaxError','ReferenceError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`); } };

const D = { a: { b: [1, 2, { c: 'x' }], 'd.e': 5, 'f g': 6, '': 7 }, n: null, t: true, f: false, s: 'str', num: 1.50, arr: [[1, 2], [3, 4]], o: [{ k: 1, v: 'a' }, { k: 2, v: 'b' }, { k: 3 }], e: {}, ea: [], uni: 'é😀', esc: 'a"b\\c', big: 12345678901234567890, neg: -1.5e3, '0': 'zero', '*': 'star', '#': 'hash' };
export default function () {
  const r = http.post(`${T}/post`, JSON.stringify(D));
  const q = (p) => { r.body = JSON.stringify(D); return r.json(p); };
  for (const p of ['a', 'a.b', 'a.b.0', 'a.b.2.c', 'a.b.#', 'a.b.#.c', 'a.d\\.e', 'a.f g', 'a.', 'n', 't', 'f', 's', 'num', 'arr.0.1', 'arr.#.0', 'arr.#', 'o.#.k', 'o.#.v', 'o.#(k==2)', 'o.#(k==2).v', 'o.#(k>1)#', 'o.#(k>1)#.k', 'o.#(v=="a").k', 'o.#(v!="a")#.k', 'o.#(v%"a*").k', 'o.#(k<=2)#|#', 'o|0', 'o|0|k', 'o.0|k', 'e', 'ea', 'ea.0', 'ea.#', 'uni', 'esc', 'big', 'neg', '0', '\\*', '*', 'a.?', '\\#', '#', '@this', 'o.@reverse', 'a|@keys', 'a|@values', 'arr|@flatten', '{s,t}', '[s,t]', '{x:s,"y":t}', 'a.b.{0,1}', 'o.#.{k,v}', '@pretty', '@ugly', '@valid', '@nope', 'arr.@join', 'nope', 'a.nope', 's.x', 'num.x', 'n.x', '..', '.', '', ' ', 'a..b', 'o.-1', 'o.99', 'o.1.5', 'arr.0.#', '!"lit"', '!5', 's|@tostr', 'a.b|@tostr|@fromstr', 'o.#(k', 'o.#(', 'o.#()', 'o.#(k==)', 'o.#(nope==1)', 'o.#(nope!=1)#.k', 'o.#(v)#.k', 'T', 'A.b'])
    t(p, () => q(p));
  for (const p of [undefined, null, 0, 1.5, true, {}, ['a'], () => 1]) t('type ' + typeof p + String(p), () => q(p));
}
