import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export default function () { t('ctor', () => { const r = http.get(T + '/response-headers?constructor=1&__proto__=2&toString=3&hasOwnProperty=4'); return [r.headers.Constructor, r.headers['__proto__'] === Object.prototype, r.headers.Tostring, r.headers.Hasownproperty, Object.keys(r.headers).length]; }); t('cookie ctor', () => { const r = http.get(T + '/cookies/raw?c=constructor%3D1&c=__proto__%3D2'); return [r.cookies.constructor && r.cookies.constructor[0] && r.cookies.constructor[0].value, Object.keys(r.cookies).sort()]; }); t('jar ctor', () => { const c = http.cookieJar().cookiesForURL(T); return [Object.keys(c).sort(), c.constructor]; }); t('form ctor', () => http.post(T + '/post', { constructor: 'a', toString: 'b', ['__proto__']: 'c' }).request.body); }

