import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  for (const s of [200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 304, 305, 306, 400, 401, 402, 403, 407, 408, 409, 410, 411, 413, 418, 421, 425, 426, 429, 431, 451, 500, 501, 502, 504, 505, 511, 600, 777, 999]) {
    show(s, () => { const r = http.get(`${T}/status/${s}`); return [r.status, r.status_text, r.error_code, r.error, r.body, r.headers['Content-Length']]; });
  }
  for (const s of [204, 205, 304, 200]) show(`head ${s}`, () => { const r = http.head(`${T}/status/${s}`); return [r.status, r.body, r.headers['Content-Length']]; });
  for (const s of [204, 304]) show(`binary ${s}`, () => { const r = http.get(`${T}/status/${s}`, { responseType: 'binary' }); return [r.status, r.body && r.body.byteLength]; });
  for (const [c, t] of [[200, ''], [200, 'Very Fine Indeed'], [299, 'x'], [404, 'Gone Fishing'], [500, '%c3%a9t%c3%a9']]) show(`reason ${c} ${t}`, () => { const r = http.get(`${T}/reason?code=${c}&reason=${t}`); return [r.status, r.status_text, r.body]; });
  show('http10', () => { const r = http.get(`${T}/http10`); return [r.status, r.proto, r.body]; });
  show('1xx', () => { const r = http.get(`${T}/1xx`); return [r.status, r.body, r.headers['X-Early'], r.headers.Link]; });
  show('trailers', () => { const r = http.get(`${T}/trailers`); return [r.status, r.body, r.headers['X-Sum'], r.headers.Trailer]; });
  show('etag', () => { const r = http.get(`${T}/etag/x`, { headers: { 'If-None-Match': '"x"' } }); return [r.status, r.body, r.headers.Etag, r.error_code]; });
  show('cache', () => { const r = http.get(`${T}/cache`); return [r.status, sort(r.headers)]; });
}
