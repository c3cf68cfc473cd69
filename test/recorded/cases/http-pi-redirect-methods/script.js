import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const see = (r) => [r.status, r.url.slice(T.length), r.body && r.body.length ? [r.json('method'), r.json('data'), r.json('headers.Content-Type') || null, r.json('headers.Content-Length') || null, r.json('headers.Content-Encoding') || null] : r.body, r.request.method, r.request.body];
  for (const s of [301, 302, 303, 307, 308]) for (const m of ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS', 'PURGE']) show(`${s} ${m}`, () => see(http.request(m, `${T}/redirect-to?url=/anything&status_code=${s}`, m === 'GET' || m === 'HEAD' ? null : 'body')));
  for (const s of [300, 304, 305, 306, 309, 399]) show(`${s}`, () => see(http.get(`${T}/redirect-to?url=/anything&status_code=${s}`)));
  show('form 307', () => see(http.post(`${T}/redirect-to?url=/anything&status_code=307`, { a: 1 })));
  show('form 302', () => see(http.post(`${T}/redirect-to?url=/anything&status_code=302`, { a: 1 })));

  show('empty 307', () => see(http.post(`${T}/redirect-to?url=/anything&status_code=307`, '')));
  show('mixed', () => see(http.post(`${T}/redirect-to?url=${encodeURIComponent('/redirect-to?url=/anything&status_code=302')}&status_code=307`, 'b')));
}
