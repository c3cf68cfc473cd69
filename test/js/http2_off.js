// Without HTTP/2 nothing is negotiated, as in k6.
//# env: GODEBUG=x=1,http2client=0
import http from 'k6/http';
import { same } from './_expect.js';

export const options = { insecureSkipTLSVerify: true };

export default function () {
  const r = http.get(`${__ENV.TARGET_TLS}/text`);
  same('off', [r.status, r.proto], [200, 'HTTP/1.1']);
}
