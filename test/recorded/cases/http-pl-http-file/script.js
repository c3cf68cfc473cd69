import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const f = (...a) => { const x = http.file(...a); return [Object.keys(x).join(), typeof x.data, x.filename.length > 3 ? x.filename : x.filename, x.content_type]; };
  for (const [n, a] of [['str', ['abc', 'n.txt', 'text/plain']], ['only', ['abc', 'n']], ['null type', ['abc', 'n', null]], ['num name', ['abc', 5]], ['buffer', [new ArrayBuffer(3), 'b.bin']], ['typed', [new Uint8Array([1, 2]), 'b']], ['array', [[65, 66], 'b']], ['empty', ['', '']], ['uni', ['x', '\u00e9".txt']]]) show(n, () => f(...a));
  show('none', () => { const x = http.file('abc'); return [/^\d+$/.test(x.filename), x.content_type]; });
  for (const bad of [null, undefined, 5, {}, true]) show(String(bad), () => f(bad, 'n'));
  show('sent', () => { const r = http.post(`${T}/post`, { f: http.file('abc', 'n.txt', 'text/x'), a: 'b' }); return [r.status, r.json('files'), r.json('form')]; });
  show('body', () => { const r = http.post(`${T}/post`, http.file('abc', 'n.txt')); return [r.status, r.request.body.length]; });
}
