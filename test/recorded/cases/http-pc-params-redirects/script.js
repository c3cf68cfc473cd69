import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const see = (redirects, u) => { const r = http.get(`${T}${u || '/redirect/3'}`, { redirects }); return [r.status, r.error_code, r.error, r.url.slice(T.length), r.headers.Location]; };
  for (const n of [0, 1, 2, 3, 4, 10, -1, -5, 1.9, '2', 'x', '', null, undefined, true, NaN, Infinity, -Infinity, {}, [1], 1e10, '1e1', 2n]) show(String(n), () => see(n));
  show('default 11', () => { const r = http.get(`${T}/redirect/11`); return [r.status, r.url.slice(T.length)]; });
  show('default 10', () => { const r = http.get(`${T}/redirect/10`); return [r.status, r.url.slice(T.length)]; });
  show('loop', () => { const r = http.get(`${T}/redirect/loop`); return [r.status, r.url.slice(T.length)]; });
  show('loop 2', () => see(2, '/redirect/loop'));
  show('post 0', () => { const r = http.post(`${T}/redirect/1`, 'x', { redirects: 0 }); return [r.status, r.body]; });
}
