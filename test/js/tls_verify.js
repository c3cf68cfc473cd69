//# err: x509: certificate signed by unknown authority
//# not-err: level=error
import http from 'k6/http';
import { same, throws } from './_expect.js';

export default function () {
  const r = http.get(`${__ENV.TARGET_TLS}/text`);
  same('refused', [r.status, r.error_code, r.body, r.tls_version], [0, 1310, null, '']);
  throws('with throw', () => http.get(`${__ENV.TARGET_TLS}/text`, { throw: true }), 'x509');
  same('plain to TLS', http.get(__ENV.TARGET_TLS.replace('https', 'http')).status, 0);
  same('TLS to plain', http.get(__ENV.TARGET.replace('http', 'https')).status, 0);
}
