// noConnectionReuse: a connection for each request, at once or in turn.
import http from 'k6/http';
import { same } from './_expect.js';

export const options = { insecureSkipTLSVerify: true, noConnectionReuse: true };
const T = __ENV.TARGET_TLS;

export default function () {
  for (let i = 0; i < 3; i++) {
    const r = http.get(`${T}/text`);
    same('in turn', [r.proto, r.timings.connecting > 0, r.timings.tls_handshaking > 0], ['HTTP/2.0', true, true]);
  }
  same('at once', http.batch(Array(3).fill(`${T}/delay/20`)).map((r) => r.timings.connecting > 0), [true, true, true]);
}
