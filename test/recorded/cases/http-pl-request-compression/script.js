import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const see = (c, body, headers) => { const r = http.post(`${T}/post`, body, { compression: c, headers }); const j = r.status === 200 ? r.json() : {}; return [r.status, r.error, j.headers && j.headers['content-encoding'], j.headers && j.headers['Content-Encoding'], j.headers && j.headers['Content-Type'], r.request.body.length, r.request.headers['Content-Encoding']]; };
  const text = 'hello '.repeat(50);
  for (const c of ['gzip', 'deflate', 'br', 'zstd', 'gzip, deflate', 'gzip,br', 'deflate, gzip, br', 'zstd,gzip', ' gzip ', 'GZIP', 'gzip,', '', 'x', 'gzip, x', null, undefined, 5]) show(String(c), () => see(c, text));
  show('buffer', () => see('gzip', new Uint8Array(300).buffer));
  show('view', () => see('gzip', new Uint8Array(300)));
  show('form', () => see('gzip', { a: 1, b: text }));
  show('empty', () => see('gzip', ''));
  show('null', () => see('gzip', null));
  show('own same', () => see('gzip', text, { 'Content-Encoding': 'gzip' }));
  show('own other', () => see('gzip', text, { 'Content-Encoding': 'br' }));
  show('own lower', () => see('gzip', text, { 'content-encoding': 'gzip' }));
}
