//# err: level=warning msg="Request Failed"
//# not-err: level=error
// params.http2: 'prior-knowledge': HTTP/2 from the first byte, also without TLS. doc/http.md
import http from 'k6/http';
import { same } from './_expect.js';

export const options = { insecureSkipTLSVerify: true };
const T = __ENV.TARGET;
const h2 = { http2: 'prior-knowledge' };

export default function () {
  const first = http.get(`${T}/text`, h2);
  same('first', [first.status, first.proto, first.tls_version, first.timings.connecting > 0], [200, 'HTTP/2.0', '', true]);
  same('kept', http.get(`${T}/text`, h2).timings.connecting, 0);
  same('others do not', http.get(`${T}/text`).proto, 'HTTP/1.1');
  same('redirects do', http.get(`${T}/redirect/2`, h2).proto, 'HTTP/2.0');
  same('TLS too', http.get(`${__ENV.TARGET_TLS}/text`, h2).proto, 'HTTP/2.0');
  const batch = http.batch(Array(5).fill(['GET', `${T}/delay/20`, null, h2]));
  same('shared', batch.map((r) => [r.proto, r.timings.connecting]), Array(5).fill(['HTTP/2.0', 0]));
  same('the default', [null, undefined].map((v) => http.get(`${T}/text`, { http2: v }).proto), ['HTTP/1.1', 'HTTP/1.1']);
  for (const bad of ['yes', '', 'h2c']) {
    const r = http.get(`${T}/text`, { http2: bad });
    same(`"${bad}"`, [r.status, r.error], [0, `invalid http2: expected "prior-knowledge", got "${bad}"`]);
  }
  for (const bad of [true, 2, {}]) same(`${bad}`, http.get(`${T}/text`, { http2: bad }).error.slice(0, 46), 'invalid http2: expected "prior-knowledge", got');
}
