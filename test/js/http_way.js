// What a single request may ask of its way: a proxy, a certificate. doc/http.md
//# err: connection refused
import http from 'k6/http';
import { same, throws } from './_expect.js';

export const options = { insecureSkipTLSVerify: true };
const T = __ENV.TARGET;
const fails = (params, url = T) => {
  const r = http.get(url, params);
  return [r.status, r.error_code, r.error];
};

export default function () {
  const r = http.get('http://proxied.test/echo?x=1', { proxy: T });
  same('through a proxy', [r.status, r.json('host'), r.json('query'), r.url], [200, 'proxied.test', 'x=1', 'http://proxied.test/echo?x=1']);
  for (const none of ['', null, undefined]) same(`proxy ${none}`, http.get(`${T}/text`, { proxy: none }).status, 200);
  same('batch', http.batch([['GET', 'http://a.test/text', null, { proxy: T }], ['GET', `${T}/text`]]).map((b) => b.status), [200, 200]);
  same('no proxy there', fails({ proxy: 'http://127.0.0.1:1' }), [0, 1200, 'proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused']);
  same('no url', fails({ proxy: 'http://[' }).slice(0, 2), [0, 1000]);
  same('no scheme', fails({ proxy: 'ftp://a' }), [0, 1000, 'unsupported proxy scheme "ftp": http, https, socks5 and socks5h are known']);
  for (const bad of [1, true, {}, ['a']]) same(`proxy ${bad}`, fails({ proxy: bad })[2].slice(0, 41), 'invalid proxy: expected a url as text, got');
  same('the TLS target', http.get(`${__ENV.TARGET_TLS}/text`, { tlsAuth: null }).status, 200);
  same('no certificate', fails({ tlsAuth: { cert: 'a', key: 'b' } }, __ENV.TARGET_TLS), [0, 1000, 'tls: failed to find any PEM data in certificate input']);
  same('half', fails({ tlsAuth: { cert: 'a' } })[2], 'invalid tlsAuth: both cert and key are needed');
  same('no text', fails({ tlsAuth: { cert: 1, key: 'b' } })[2], 'invalid tlsAuth: cert must be text, got int64');
  for (const bad of [1, 'cert', ['a']]) same(`tlsAuth ${bad}`, fails({ tlsAuth: bad })[2].slice(0, 57), 'invalid tlsAuth: expected an object with cert and key, got');
  throws('throw', () => http.get(T, { proxy: 'ftp://a', throw: true }), 'unsupported proxy scheme "ftp"');
  http.get(T, { proxy: 'http://127.0.0.1:1' });
}
