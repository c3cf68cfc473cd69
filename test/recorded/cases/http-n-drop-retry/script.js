import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export default function () { http.get(T + '/get'); for (const [m, b, h] of [['GET'], ['HEAD'], ['OPTIONS'], ['DELETE'], ['PUT', 'x'], ['POST', 'x'], ['POST', 'x', { 'Idempotency-Key': '1' }], ['POST', 'x', { 'X-Idempotency-Key': '1' }], ['PATCH', 'x'], ['GET', 'body'], ['TRACE'], ['PURGE']]) t(m + b, () => { http.get(T + '/get'); const id = 'dr' + m + (b || '') + Object.keys(h || {}).join(''); const r = http.request(m, T + '/drop/' + id, b, { headers: h }); return [r.status, r.error_code, r.error, http.get(T + '/hits/' + id).json('hits')]; }); }

