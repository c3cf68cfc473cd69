import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const q = (...c) => { const r = http.get(`${T}/cookies/raw?${c.map((x) => `c=${encodeURIComponent(x)}`).join('&')}`); const k = sort(r.cookies); const jar = sort(http.cookieJar().cookiesForURL(`${T}/cookies/raw`)); for (const n of Object.keys(jar)) http.cookieJar().delete(`${T}/cookies/raw`, n); http.cookieJar().clear(`${T}/cookies/raw`); return [k, jar]; };
  const list = ['a=b', 'a=', 'a', '=b', 'a=b=c', ' a = b ', 'a="b"', 'a="b c"', 'a=b c', 'a=b,c', 'a="b', 'a=b"c', 'a=b\\c', 'a=é', 'a b=c', 'a;b=c', 'a=b; Path=/', 'a=b; Path=/x', 'a=b; path=cookies', 'a=b; Path=', 'a=b; Path', 'a=b; Domain=127.0.0.1', 'a=b; Domain=.127.0.0.1', 'a=b; Domain=other.test', 'a=b; Domain=', 'a=b; Secure', 'a=b; SECURE; HTTPONLY', 'a=b; secure=false', 'a=b; HttpOnly; HttpOnly', 'a=b; Max-Age=10', 'a=b; Max-Age=0', 'a=b; Max-Age=-5', 'a=b; Max-Age=abc', 'a=b; Max-Age=', 'a=b; Max-Age=01', 'a=b; Max-Age=1.5', 'a=b; Max-Age=99999999999', 'a=b; Max-Age="10"', 'a=b; Max-Age= 10 ', 'a=b; Max-Age=+10', 'a=b; Expires=Wed, 01 Jan 2031 00:00:00 GMT', 'a=b; Expires=Wed, 01-Jan-2031 00:00:00 GMT', 'a=b; Expires=Wed, 01 Jan 2031 00:00:00 UTC', 'a=b; Expires=Wednesday, 01-Jan-31 00:00:00 GMT', 'a=b; Expires=Wed Jan  1 00:00:00 2031', 'a=b; Expires=2031-01-01T00:00:00Z', 'a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'a=b; Expires=0', 'a=b; Expires=', 'a=b; Expires=Mon, 1 Jan 2031 00:00:00 GMT', 'a=b; Expires=Wed, 01 Jan 2031 00:00:00 EST', 'a=b; Expires=Wed, 01 Jan 2031 00:00:00 +0100', 'a=b; Expires=Wed, 31 Feb 2031 00:00:00 GMT', 'a=b; Expires=Wed, 01 Jan 2031 24:00:00 GMT', 'a=b; Expires=Wed, 01 Jan 2031 00:00:00', 'a=b; SameSite=Lax', 'a=b; SameSite=none', 'a=b; Partitioned', 'a=b; Unknown=x; ; ;', '__Host-a=b', '__Secure-a=b', 'a=b; Path=/; Path=/cookies', 'a=b; Domain=127.0.0.1; Domain=x', 'a=b; Priority=High', 'a=b;Path=/;Secure', 'a=b\t; Path=/', '"a"=b', 'a=b; path="/"', 'a=😀', ''];
  for (const c of list) show(JSON.stringify(c), () => q(c));
  show('two', () => q('a=1', 'b=2'));
  show('same name', () => q('a=1', 'a=2'));
  show('same name paths', () => q('a=1; Path=/', 'a=2; Path=/cookies'));
  show('case', () => q('A=1', 'a=2'));
}
