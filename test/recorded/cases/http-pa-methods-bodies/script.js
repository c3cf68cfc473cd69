import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const u = `${T}/anything`;
  const see = (r) => [r.status, r.json('method'), r.json('data'), r.json('headers.Content-Length') || null, r.json('headers.Content-Type') || null, r.request.method, r.request.body];
  for (const m of ['post', 'put', 'patch', 'del', 'options']) {
    for (const b of [undefined, null, '', 'x']) show(`${m} ${b}`, () => see(http[m](u, b)));
    show(m, () => see(http[m](u)));
  }
  for (const m of ['GET', 'get', 'Post', 'HEAD', 'OPTIONS', 'TRACE', 'PURGE', 'M-SEARCH', 'A.B', 'x y', '', 'é', null, undefined, 5]) {
    for (const b of [null, 'body']) show(`request ${m} ${b}`, () => { const r = http.request(m, u, b); return [r.status, r.error_code, r.error, r.body ? see(r) : null]; });
  }
}
