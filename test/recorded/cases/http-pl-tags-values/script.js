import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  for (const [n, v] of [['num', 1.5], ['bool', false], ['str', 's'], ['empty', ''], ['neg', -0], ['big', 1e21], ['nan', NaN], ['inf', Infinity], ['uni', '\u00e9']]) show(n, () => http.get(`${T}/get`, { tags: { v: v } }).status);
  for (const [n, v] of [['null', null], ['undef', undefined], ['obj', {}], ['arr', [1]], ['fn', () => 1]]) show(n, () => http.get(`${T}/get`, { tags: { v: v } }).status);
  for (const [n, v] of [['tags null', null], ['tags str', 'x'], ['tags num', 5], ['tags arr', ['a', 'b']], ['tags map', new Map([['a', 'b']])]]) show(n, () => http.get(`${T}/get`, { tags: v }).status);
}
