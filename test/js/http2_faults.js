//# err: level=warning msg="Request Failed"
//# not-err: level=error
import http from 'k6/http';
import { same, throws } from './_expect.js';

// Whatever a server with HTTP/2 does, the script gets a response with an error, and the request after it is answered.
const wanted = {
  reset: [1220, null], 'reset-body': [1220, 500], close: [1000, null], truncate: [1000, 500], hang: [1050, null], 'hang-body': [1050, 500],
  badheader: [1632, null], badchunk: [1652, 31], badgzip: [1701, null], garbage: [1000, null], 'endless-headers': [1652, null],
  rst: [1633, null], 'rst?code=0': [1631, null], 'rst?code=8': [1639, null], 'rst?code=11': [1642, null], 'rst?code=13': [1644, null], 'rst?code=99': [1630, null],
  'rst-body': [1633, 31], 'rst-body?code=8': [1639, 31], goaway: [1611, null], 'goaway?code=2': [1613, null], 'goaway?code=11': [1622, null], 'goaway?code=99': [1610, null],
  'frame-size': [1000, null], push: [1652, null], window: [1654, null], 'ping-flood': [1662, null],
};
export const options = { vus: 2, iterations: 4, insecureSkipTLSVerify: true };
const T = __ENV.TARGET_TLS;

export default function () {
  for (const [name, [code, length]] of Object.entries(wanted)) {
    const r = http.get(`${T}/faults/${name}`, { timeout: name.startsWith('hang') ? '100ms' : '30s' });
    same(name, [r.status, r.error_code, r.body === null ? null : r.body.length, r.error !== '', r.headers, r.proto], [0, code, length, true, {}, '']);
    same(`after ${name}`, http.get(`${T}/text`).status, 200);
  }
  same('endless body', http.get(`${T}/faults/endless-body`, { timeout: '100ms' }).error_code, 1050);
  const odd = http.get(`${T}/faults/badlength`);
  same('a length that is none', [odd.status, odd.body, odd.headers], [200, 'ok', {}]);
  throws('with throw', () => http.get(`${T}/faults/rst`, { throw: true }), 'INTERNAL_ERROR; received from peer');
  same('among others', http.batch(['/text', '/faults/rst', '/faults/badheader', '/json'].map((p) => T + p)).map((r) => r.error_code), [0, 1633, 1632, 0]);
}
