import http from 'k6/http';
import { same, throws } from './_expect.js';

const T = __ENV.TARGET;
const own = new http.CookieJar();
own.set('http://a.test', 'k', 'v');
same('in init', own.cookiesForURL('http://a.test/x'), { k: ['v'] });
throws('of the VU in init', () => http.cookieJar(), 'init context');
export const options = { vus: 1, iterations: 3 };
let before;

export default function () {
  const jar = http.cookieJar();
  same('fresh', jar.cookiesForURL(T), {});
  if (before) same('the old one keeps its cookies', before.cookiesForURL(T), { a: ['1'], z: ['26'] });
  http.get(`${T}/cookies/set?a=1`);
  same('set by the server', jar.cookiesForURL(T), { a: ['1'] });
  jar.set(T, 'b', '2', { path: '/', max_age: 100, http_only: true });
  same('sent', http.get(`${T}/cookies`).json('cookies'), { a: '1', b: '2' });
  same('of the request', http.get(`${T}/cookies`, { cookies: { a: { value: 'mine', replace: true }, c: 3, d: null } }).json('cookies'), { a: 'mine', c: '3', b: '2' });
  jar.delete(T, 'b');
  same('deleted', jar.cookiesForURL(T), { a: ['1'] });
  throws('no name', () => jar.delete(T, ''), 'cookie: is null');
  throws('bad url', () => jar.set('http://[', 'a', 'b'), "missing ']' in host");
  throws('bad date', () => jar.set(T, 'a', 'b', { expires: 'soon' }), 'unable to parse "expires"');
  same('past', [jar.set(T, 'p', '1', { expires: 'Thu, 01 Jan 1970 00:00:01 GMT' }), jar.cookiesForURL(T).p], [true, undefined]);
  jar.clear(T);
  same('cleared', jar.cookiesForURL(T), {});
  const mine = new http.CookieJar();
  mine.set(T, 'mine', 'yes');
  const r = http.get(`${T}/cookies/set?x=1&y=2`, { jar: mine, redirects: 0 });
  same('answer', Object.keys(r.cookies).sort().map((k) => [r.cookies[k][0].name, r.cookies[k][0].value, r.cookies[k][0].max_age]), [['x', '1', 0], ['y', '2', 0]]);
  same('own', [Object.keys(mine.cookiesForURL(T)).sort(), jar.cookiesForURL(T)], [['mine', 'x', 'y'], {}]);
  same('kind', [Object.keys(mine), mine instanceof http.CookieJar], [['clear', 'cookiesForURL', 'delete', 'set'], false]);
  const { set } = jar;
  set(T, 'a', '1');
  set(T, 'z', '26');
  before = jar;
}
