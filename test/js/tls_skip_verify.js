import http from 'k6/http';
import { check } from 'k6';
import { same } from './_expect.js';

export const options = { vus: 2, iterations: 4, insecureSkipTLSVerify: true, thresholds: { 'http_reqs{tls_version:tls1.3}': ['count==8'], http_req_tls_handshaking: ['max>0'] } };

export default function () {
  const r = http.get(`${__ENV.TARGET_TLS}/json`);
  same('it works', [r.status, r.error, r.json('ok'), r.tls_version, r.tls_cipher_suite.startsWith('TLS_')], [200, '', true, 'tls1.3', true]);
  const again = http.get(`${__ENV.TARGET_TLS}/bytes/200000`);
  same('kept', [again.body.length, again.timings.tls_handshaking, again.timings.connecting], [200000, 0, 0]);
}
