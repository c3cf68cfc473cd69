import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export const options = { systemTags: ['status', 'method', 'url', 'name', 'group', 'error', 'error_code', 'proto', 'expected_response'] };
export default function () {
  const see = (tags) => { const r = http.get(`${T}/get`, { tags }); return [r.status, r.error]; };
  const t = { str: { a: 'b' }, num: { a: 5 }, float: { a: 1.5 }, bool: { a: true }, neg: { a: -0 }, nul: { a: null }, und: { a: undefined }, arr: { a: [1] }, obj: { a: {} }, fn: { a: () => 1 }, sym: { a: Symbol('x') }, date: { a: new Date(0) }, big: { a: 5n }, empty: { a: '' }, emptykey: { '': 'x' }, name: { name: 'n1' }, emptyname: { name: '' }, url: { url: 'mine' }, method: { method: 'X' }, status: { status: '999' }, proto: { proto: 'mine' }, group: { group: 'g' }, scenario: { scenario: 's' }, err: { error: 'e', error_code: '5' }, er: { expected_response: 'maybe' }, vu: { vu: '7' }, iter: { iter: '7' }, nan: { a: NaN }, inf: { a: Infinity }, nullt: null, undt: undefined, numt: 5, strt: 'abc', arrt: ['x'], map: new Map([['a', 'b']]), strobj: { a: new String('s') } };
  for (const k of Object.keys(t)) show(k, () => see(t[k]));
  show('fail', () => { const r = http.get('http://127.0.0.1:1/', { tags: { k: 'v', error: 'mine' } }); return r.status; });
}
