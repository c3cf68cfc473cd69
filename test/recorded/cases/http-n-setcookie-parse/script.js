import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export default function () {
  const q = (c) => {
    http.cookieJar().clear(T + '/');
    const r = http.get(T + '/cookies/raw?' + [].concat(c).map((x) => 'c=' + encodeURIComponent(x)).join('&'));
    t(j(c), () => [r.cookies, r.headers['Set-Cookie'], http.cookieJar().cookiesForURL(T + '/cookies/x')]);
  };
  for (const c of ['a=b', 'a="b"', 'a="b c"', 'a=b c', 'a=b,c', 'a', '=b', 'a=', 'a= b ', ' a =b', 'a b=c', 'a=b; path=/', 'a=b; Path="/x"', 'a=b; path=', 'a=b; path=x', 'a=b; domain=127.0.0.1', 'a=b; domain=.127.0.0.1', 'a=b; Domain=localhost', 'a=b; domain=', 'a=b; secure', 'a=b; Secure=no', 'a=b; HttpOnly', 'a=b; SameSite=Lax', 'a=b; samesite=foo', 'a=b; max-age=0', 'a=b; max-age=-5', 'a=b; max-age=10', 'a=b; max-age=01', 'a=b; max-age=x', 'a=b; max-age=1.5', 'a=b; max-age=+5', 'a=b; max-age=', 'a=b; max-age=99999999999999999999', 'a=b; expires=Mon, 02 Jan 2040 15:04:05 GMT', 'a=b; expires=Mon, 02-Jan-2040 15:04:05 GMT', 'a=b; expires=Monday, 02-Jan-40 15:04:05 GMT', 'a=b; expires=Mon, 2 Jan 2040 15:04:05 GMT', 'a=b; expires=Thu, 01 Jan 1970 00:00:00 GMT', 'a=b; expires=0', 'a=b; expires=-1', 'a=b; expires="Mon, 02 Jan 2040 15:04:05 GMT"', 'a=b; expires=Mon Jan  2 15:04:05 2040', 'a=b; foo=bar', 'a=b;;;', 'a=b; Partitioned', 'a=b=c', 'a=b"c', 'a="b', 'a=b\\c', 'é=b', 'a=é', 'a=b; path=/é', 'a=b; domain=é', 'a=b; expires=Mon, 02 Jan 1500 15:04:05 GMT', '__Host-a=b; path=/; secure', '__Secure-a=b']) q(c);
  q(['a=1', 'a=2', 'b=3']);
  q(['a=1; path=/', 'a=2; path=/cookies']);
}

