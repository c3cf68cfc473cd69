import http from 'k6/http';
import { check } from 'k6';
const T = __ENV.TARGET;
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
const t = (n, f) => { try { const v = f(); console.log(n, v === undefined ? 'undefined' : JSON.stringify(sort(v))); } catch (e) { console.log(n, 'threw', ['TypeError','RangeError','SyntaxError','ReferenceError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`); } };

export default function () {
  const jar = http.cookieJar();
  const set = (q) => http.get(`${T}/cookies/set-raw?${q}`);
  t('jar set', () => { jar.set(T, 'a', 'b', { path: '/x', secure: false, max_age: 60 }); return [jar.cookiesForURL(`${T}/x`), jar.cookiesForURL(T)]; });
  t('expires', () => { jar.set(T, 'old', 'v', { expires: 'Thu, 01 Jan 1970 00:00:00 GMT' }); return jar.cookiesForURL(T); });
  t('bad expires', () => { jar.set(T, 'bad', 'v', { expires: 'nope' }); return jar.cookiesForURL(T); });
  t('max_age 0', () => { jar.set(T, 'm0', 'v', { max_age: 0 }); return jar.cookiesForURL(T); });
  t('max_age -1', () => { jar.set(T, 'm1', 'v', { max_age: -1 }); return jar.cookiesForURL(T); });
  t('domain', () => { jar.set(T, 'dom', 'v', { domain: 'example.com' }); return jar.cookiesForURL(T); });
  t('null', () => { jar.set(T, 'nul', null); return jar.cookiesForURL(T); });
  t('num', () => { jar.set(T, 'num', 5); return jar.cookiesForURL(T); });
  t('clear', () => { jar.clear(T); return jar.cookiesForURL(T); });
  t('delete', () => { jar.set(T, 'd', '1'); jar.delete(T, 'd'); return jar.cookiesForURL(T); });
  t('delete none', () => jar.delete(T, 'zz'));
  t('weird names', () => { jar.set(T, 'a b', '1'); jar.set(T, 'q"', '2'); jar.set(T, 'e', ''); jar.set(T, 'sp', 'x y'); jar.set(T, 'co', 'a,b'); return jar.cookiesForURL(T); });
  t('sent', () => http.get(`${T}/headers`).json('headers.Cookie').split('; ').sort());
  t('param over jar', () => http.get(`${T}/headers`, { cookies: { e: 'mine' } }).json('headers.Cookie').split('; ').sort());
  t('param replace', () => http.get(`${T}/headers`, { cookies: { e: { value: 'mine', replace: true } } }).json('headers.Cookie').split('; ').sort());
  t('own jar', () => { const j = new http.CookieJar(); j.set(T, 'own', '1'); return [http.get(`${T}/headers`, { jar: j }).json('headers.Cookie').split('; ').sort(), http.get(`${T}/headers`, { jar: null }).json('headers.Cookie')]; });
  t('set by server', () => { const r = http.get(`${T}/cookies/set?x=1&y=2`, { redirects: 0 }); return [Object.keys(r.cookies).sort(), r.cookies.x && r.cookies.x[0].value, r.cookies.x && r.cookies.x.length]; });
  t('args', () => [typeof http.CookieJar, http.cookieJar() === http.cookieJar()]);
}
