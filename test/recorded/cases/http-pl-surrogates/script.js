import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  show('lone', () => { const r = http.post(`${T}/post`, 'a\ud800b\udc00c\u{1F600}'); return [r.json('data'), r.request.body.length]; });
  show('nul', () => { const r = http.post(`${T}/post`, 'a\0b'); return [r.json('data').length, r.request.body.length]; });
  show('latin1', () => { const r = http.get(`${T}/encoding/latin1`); return [r.body.length, JSON.stringify(r.body)]; });
  show('utf8', () => { const r = http.get(`${T}/encoding/utf8`); return [r.body.length]; });
  show('header', () => http.get(`${T}/rawheaders`, { headers: { 'X-A': '\u00e9\u{1F600}' } }).status);
  show('set header', () => { const r = http.get(`${T}/response-headers?X-U=%C3%A9`); return [r.status, r.headers['X-U']]; });
}
