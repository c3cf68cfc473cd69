import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export default function () {
  t('a', () => http.get(T + '/cookies/set?a=1').json().cookies);
  t('override', () => http.get(T + '/cookies/set?a=2', { cookies: { a: '9' } }).json().cookies);
  t('cookies', () => http.get(T + '/cookies/set?b=2', { cookies: { x: '9' } }).json().cookies);
  t('replace', () => http.get(T + '/cookies/set?b=3', { cookies: { b: { value: 'q', replace: true } } }).json().cookies);
  t('after', () => http.get(T + '/cookies').json().cookies);
  t('req cookies', () => http.get(T + '/cookies/set?c=3', { cookies: { y: '1' } }).request.cookies);
  t('r.cookies', () => http.get(T + '/cookies/set?d=4').cookies);
  t('r0', () => { const r = http.get(T + '/cookies/set?e=5', { redirects: 0 }); return [r.cookies.e, http.cookieJar().cookiesForURL(T).e]; });
  t('own jar', () => { const jar = new http.CookieJar(); const r = http.get(T + '/cookies/set?f=6', { jar }); return [r.json().cookies, jar.cookiesForURL(T), http.cookieJar().cookiesForURL(T).f]; });
  t('path', () => http.get(T + '/cookies/set?g=7&_path=/get').json().cookies.g);
  t('path2', () => http.cookieJar().cookiesForURL(T + '/get').g);
  t('delete', () => http.get(T + '/cookies/delete?a').json().cookies.a);
  t('delete redirect', () => http.get(T + '/cookies/delete?b', { cookies: { b: 'own' } }).json().cookies.b);
  t('hdr', () => http.get(T + '/cookies/set?h=8', { headers: { Cookie: 'hh=1' } }).json().cookies.hh);
  t('hdr get', () => http.get(T + '/cookies', { headers: { Cookie: 'hh=1' } }).json().cookies.hh);
  t('error code', () => http.get(T + '/cookies/raw?c=z%3D1&c=z%3D2').cookies.z.length);
  t('stay 404', () => { http.get(T + '/cookies/set?i=9&_stay=404'); return http.cookieJar().cookiesForURL(T).i; });
  t('secure', () => { http.get(T + '/cookies/set?s=1&_secure&_httponly&_samesite=Strict&_stay'); return http.get(T + '/cookies').json().cookies.s; });
  t('domain', () => { http.get(T + '/cookies/set?dm=1&_domain=example.com&_stay'); return http.get(T + '/cookies').json().cookies.dm; });
  t('max age', () => { http.get(T + '/cookies/set?ma=1&_max_age=0&_stay'); return http.get(T + '/cookies').json().cookies.ma; });
  t('expired', () => { http.get(T + '/cookies/set?ex=1&_expires=Thu, 01 Jan 1970 00:00:00 GMT&_stay'); return http.get(T + '/cookies').json().cookies.ex; });
  t('batch', () => http.batch([T + '/cookies/set?b1=1', T + '/cookies/set?b2=2']).map((r) => r.status));
  t('after batch', () => { const c = http.get(T + '/cookies').json().cookies; return [c.b1, c.b2]; });
}

