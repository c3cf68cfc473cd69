import http from 'k6/http';
import { same, throws } from './_expect.js';

const T = __ENV.TARGET;
throws('init', () => http.get(T), 'init context');
const sent = (r) => {
  const e = r.json();
  return [r.status, e.method, e.body, e.headers['Content-Type'] || null];
};

export default function () {
  const url = `${T}/echo`;
  same('get', sent(http.get(url)), [200, 'GET', '', null]);
  same('post', sent(http.post(url, 'text')), [200, 'POST', 'text', null]);
  same('put', sent(http.put(url, 'text')), [200, 'PUT', 'text', null]);
  same('patch', sent(http.patch(url, '')), [200, 'PATCH', '', null]);
  same('del', sent(http.del(url, null)), [200, 'DELETE', '', null]);
  same('options', sent(http.options(url)), [200, 'OPTIONS', '', null]);
  same('head', [http.head(url).status, http.head(url).body], [200, '']);
  same('request', sent(http.request('PURGE', url, 'x')), [200, 'PURGE', 'x', null]);
  same('form', sent(http.post(url, { b: [1, 'x y'], a: null, c: 1e21, d: { e: 1 } })),
    [200, 'POST', 'a=%3Cnil%3E&b=1&b=x+y&c=1e%2B21&d=map%5Be%3A1%5D', 'application/x-www-form-urlencoded']);
  same('bytes', sent(http.post(url, new Uint8Array([104, 105]))), [200, 'POST', 'hi', null]);
  same('buffer', sent(http.post(url, new Uint8Array([104, 105]).buffer)), [200, 'POST', 'hi', null]);
  same('unicode', sent(http.post(url, '\u00e9\ud83d\ude00\ud800')), [200, 'POST', '\u00e9\ud83d\ude00\ufffd', null]);
  const h = http.get(url, { headers: { 'x-own': 1, 'X-OWN': 'two', Host: 'other.test', 'User-Agent': 'me' } });
  same('headers', [h.json('headers.X-Own'), h.json('host'), h.json('headers.User-Agent')], ['two', 'other.test', 'me']);
  same('shown', h.request.headers, { Host: ['other.test'], 'User-Agent': ['me'], 'X-Own': ['two'] });
  same('request', (({ method, url: u, body, cookies }) => [method, u, body, cookies])(http.post(`${T}/echo?a=b c`, 'x', { cookies: { k: 'v' } }).request),
    ['POST', `${T}/echo?a=b c`, 'x', { k: [{ name: 'k', value: 'v', replace: false }] }]);
  same('binary', new Uint8Array(http.get(`${T}/bytes/3`, { responseType: 'binary' }).body).length, 3);
  same('none', http.get(`${T}/bytes/3`, { responseType: 'none' }).body, null);
  same('204', http.get(`${T}/status/204`).body, null);
  same('timings of a large body', http.get(`${T}/bytes/300000`).body.length, 300000);
  for (const compression of ['gzip', 'deflate', 'br', 'zstd', ' gzip , br ']) {
    const r = http.post(url, 'text'.repeat(100), { compression });
    same(compression, [r.json('headers.Content-Encoding'), r.json('body_len') < 100, r.request.body.length], [compression.trim().replace(' ,', ','), true, 400]);
  }
  same('nothing to pack', http.get(url, { compression: 'gzip' }).json('headers.Content-Encoding'), undefined);
  const u = http.url`${T}/echo?id=${7}`;
  same('template', [u.name, u.url, http.get(u).json('query')], ['${}/echo?id=${}', `${T}/echo?id=7`, 'id=7']);
  throws('no template', () => http.url('x'), '');
  throws('bad template', () => http.url`http://[${1}`, "missing ']' in host");
}
