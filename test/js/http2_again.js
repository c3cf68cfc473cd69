// What a server with HTTP/2 says it never looked at is sent again.
import http from 'k6/http';
import { same } from './_expect.js';

export const options = { vus: 2, iterations: 4, insecureSkipTLSVerify: true };
const T = __ENV.TARGET_TLS;

export default function () {
  for (let i = 0; i < 3; i++) same('refused', http.get(`${T}/faults/refused`).body, 'Not refused.\n');
  same('with a body', http.post(`${T}/faults/refused`, 'x').status, 200);
  http.get(`${T}/text`);
  const r = http.post(`${T}/faults/goaway-retry`, 'x');
  same('goaway', [r.body, r.timings.connecting > 0], ['A new connection.\n', true]);
  same('after', http.get(`${T}/text`).timings.connecting, 0);
  const batch = http.batch(Array(4).fill(`${T}/faults/refused`));
  same('at once', batch.map((b) => b.status), [200, 200, 200, 200]);
}
