import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const see = (headers) => { const r = http.get(`${T}/rawheaders`, { headers }); return [r.status, r.error_code, r.error, r.body && r.body.length ? r.json('headers').filter((h) => h[0] !== 'Host' && h[0] !== 'User-Agent') : null, r.request && sort(r.request.headers)]; };
  const h = { plain: { A: 'b' }, lower: { 'x-lower-case': 'v' }, upper: { 'X-UPPER': 'v' }, under: { x_under: 'v', 'X.dot': 'v' }, dup: { 'x-a': '1', 'X-A': '2', 'X-a': '3' }, num: { A: 5, B: 1.5, C: -0, D: 1e21 }, bool: { A: true }, nul: { A: null }, und: { A: undefined }, arr: { A: ['x', 'y'] }, empty_arr: { A: [] }, obj: { A: { x: 1 } }, date: { A: new Date(0) }, empty: { A: '' }, spaces: { A: '  x  y  ' }, tab: { A: 'x\ty' }, nl: { A: 'x\ny' }, cr: { A: 'x\ry' }, nul0: { A: 'x\0y' }, uni: { A: 'é日' }, del: { A: 'x\x7fy' }, emptyname: { '': 'x' }, spacename: { 'a b': 'x' }, colon: { 'a:b': 'x' }, uniname: { 'é': 'x' }, slash: { 'a/b': 'x' }, nlname: { 'a\nb': 'x' }, num_name: { 5: 'x' }, sym: { [Symbol('a')]: 'x' }, fn: { A: () => 1 }, inherited: Object.create({ A: 'x' }), map: new Map([['A', 'x']]), array: [['A', 'x']], string: 'ab', number: 5, bool1: true, nullh: null, undh: undefined, getter: { get A() { return 'g'; } } };
  for (const k of Object.keys(h)) show(k, () => see(h[k]));
}
