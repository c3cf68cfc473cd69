// HTTP/2 by ALPN: everything a request over HTTP/1.1 has, and one connection for all of a VU's requests.
import http from 'k6/http';
import { same } from './_expect.js';

export const options = {
  insecureSkipTLSVerify: true,
  scenarios: { a: { executor: 'per-vu-iterations', vus: 2, iterations: 2 } },
  thresholds: { 'http_reqs{proto:HTTP/2.0}': ['count==84'], http_reqs: ['count==84'], http_req_failed: ['rate<0.05'], 'http_reqs{connected:yes}': ['count==2'] },
};
const T = __ENV.TARGET_TLS;

export default function () {
  const first = http.get(`${T}/json`, { tags: { connected: __ITER === 0 ? 'yes' : 'no' } });
  same('first', [first.status, first.status_text, first.proto, first.tls_version, first.error], [200, '200 OK', 'HTTP/2.0', 'tls1.3', '']);
  same('connects once', [first.timings.connecting > 0, first.timings.tls_handshaking > 0], [__ITER === 0, __ITER === 0]);
  same('names', [first.headers['Content-Type'], first.headers['Content-Length'], first.headers.Server], ['application/json', '202', 'c6']);
  same('json', first.json('items.#.name'), ['apple', 'bread', 'cheese']);
  const echo = http.post(`${T}/echo?a=1`, { b: '2' }, { headers: { 'X-Own': 'v', Connection: 'keep-alive', 'Keep-Alive': 'x' }, cookies: { c: '3' } }).json();
  same('echo', [echo.method, echo.version, echo.query, echo.form.b, echo.headers['X-Own'], echo.headers.Cookie, echo.headers.Connection, echo.headers['Keep-Alive']],
    ['POST', 'HTTP/2.0', 'a=1', '2', 'v', 'c=3', undefined, undefined]);
  same('host', http.get(`${T}/echo`, { headers: { Host: 'other.test' } }).json('host'), 'other.test');
  same('404', [http.get(`${T}/status/404`).status_text, http.get(`${T}/status/204`).body, http.head(`${T}/bytes/7`).headers['Content-Length'], http.head(`${T}/text`).body],
    ['404 Not Found', null, '7', '']);
  same('packed', [http.get(`${T}/gzip`).json('ok'), http.get(`${T}/deflate`).json('ok')], [true, true]);
  same('pieces', http.get(`${T}/chunked/3`).body.split('\n').length, 4);
  same('binary', http.get(`${T}/bytes/300`, { responseType: 'binary' }).body.byteLength, 300);
  same('discarded', http.get(`${T}/bytes/300`, { responseType: 'none' }).body, null);
  const r = http.get(`${T}/redirect/3`);
  same('redirect', [r.status, r.url, r.proto], [200, `${T}/text`, 'HTTP/2.0']);
  same('post redirect', http.post(`${T}/redirect-to?url=/echo`, 'x').json('method'), 'GET');
  http.get(`${T}/cookies/set?a=b`);
  same('cookies', http.get(`${T}/cookies`).json('cookies'), { a: 'b' });
}
