import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const big = 'x'.repeat(200000);
  show('string', () => { const r = http.post(`${T}/post`, big); return [r.status, r.json('data').length, r.request.body.length]; });
  show('unicode', () => { const r = http.post(`${T}/post`, '\u00e9'.repeat(40000)); return [r.status, r.json('data').length, r.request.body.length]; });
  show('buffer', () => { const b = new Uint8Array(100000).fill(65); const r = http.post(`${T}/post`, b.buffer); b[0] = 66; return [r.status, r.json('data').length, r.request.body.length]; });
  show('form', () => { const r = http.post(`${T}/post`, { a: big }); return [r.status, r.json('form.a').length]; });
  show('multipart', () => { const r = http.post(`${T}/post`, { a: http.file(big, 'x') }); return [r.status, r.request.body.length > 200000]; });
  show('redirected', () => { const r = http.post(`${T}/redirect-to?status_code=307&url=/post`, big); return [r.status, r.json('data').length]; });
  show('batch', () => http.batch([['POST', `${T}/post`, big], ['PUT', `${T}/put`, new Uint8Array(50000).buffer]]).map((r) => [r.status, r.request.body.length]));
  show('get', () => { const r = http.get(`${T}/bytes/3000000`); return [r.status, r.body.length]; });
  show('get binary', () => { const r = http.get(`${T}/bytes/3000000`, { responseType: 'binary' }); return [r.status, r.body.byteLength, new Uint8Array(r.body)[2999999]]; });
}
