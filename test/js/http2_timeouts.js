//# err: level=warning msg="Request Failed"
//# not-err: level=error
// A request that is late ends its stream; the connection and what else is under way go on.
import http from 'k6/http';
import { same } from './_expect.js';

export const options = { insecureSkipTLSVerify: true };
const T = __ENV.TARGET_TLS;

export default function () {
  http.get(`${T}/text`);
  for (const path of ['/delay/60000', '/faults/hang', '/faults/hang-body', '/drip?bytes=10&ms=60000']) {
    const r = http.get(T + path, { timeout: '50ms' });
    same(path, [r.status, r.error, r.error_code], [0, 'request timeout', 1050]);
    same(`after ${path}`, http.get(`${T}/text`).timings.connecting, 0);
  }
  const rs = http.batch([['GET', `${T}/delay/60000`, null, { timeout: '50ms' }], ['GET', `${T}/delay/200`], ['POST', `${T}/faults/hang`, 'x'.repeat(1000000), { timeout: '50ms' }]]);
  same('among others', rs.map((r) => [r.status, r.error_code]), [[0, 1050], [200, 0], [0, 1050]]);
  same('connection', http.get(`${T}/text`).timings.connecting, 0);
}
