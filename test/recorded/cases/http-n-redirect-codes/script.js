import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export default function () {
  for (const code of [300, 301, 302, 303, 304, 305, 306, 307, 308, 309]) for (const m of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) t(code + m, () => { const r = http.request(m, T + '/redirect-to?status_code=' + code + '&url=/anything', m === 'GET' || m === 'HEAD' ? null : { a: 1 }, { headers: { 'X-A': 'k' } }); let e = {}; try { e = r.json(); } catch (_) { e = {}; } return [r.status, r.url.replace(T, ''), e.method, e.data, e.headers && [e.headers['Content-Type'], e.headers['X-A'], e.headers.Referer && e.headers.Referer.replace(T, ''), e.headers['Content-Length']], r.request.method, r.request.url.replace(T, ''), r.request.body]; });
}

