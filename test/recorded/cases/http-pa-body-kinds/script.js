import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const u = `${T}/anything`;
  const see = (r) => [r.status, r.error, r.error_code, r.body && r.body.length ? [r.json('data'), r.json('headers.Content-Type') || null, r.json('length')] : r.body, r.request && r.request.body];
  const ab = new Uint8Array([1, 2, 255]).buffer;
  const kinds = { ab, u8: new Uint8Array([65, 66]), i8: new Int8Array([65, 66]), u16: new Uint16Array([65, 66]), f64: new Float64Array([1]), sub: new Uint8Array([65, 66, 67, 68]).subarray(1, 3), dv: new DataView(new Uint8Array([65, 66]).buffer), clamped: new Uint8ClampedArray([65, 66]), num: 5, float: 1.5, neg: -1, nan: NaN, t: true, f: false, arr: [1, 2], empty: [], obj: {}, date: new Date(0), re: /x/, fn: () => 1, sym: 1n, err: new Error('e'), map: new Map([['a', 1]]), set: new Set([1]), str: new String('boxed'), numobj: new Number(3), nested: { a: { b: [1, { c: 2 }] } }, proto: Object.create({ a: 1 }), nul: Object.create(null), json: JSON.stringify({ a: 1 }), emptyab: new ArrayBuffer(0), promise: Promise.resolve(1) };
  for (const k of Object.keys(kinds)) show(k, () => see(http.post(u, kinds[k])));
}
