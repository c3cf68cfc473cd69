//# err: level=warning msg="Request Failed"
//# not-err: level=error
import http from 'k6/http';
import { same } from './_expect.js';

// Headers, methods and cookies that would break the protocol are refused, not sent.
const T = __ENV.TARGET;
export default function () {
  for (const [name, value] of [['X-A', 'a\r\nX-Injected: 1'], ['X-A', 'a\nb'], ['X-A', 'a\u0000b'], ['X A', '1'], ['', '1'], ['X:A', '1'], ['X-\u017c', '1'], ['X\r\nY', '1']]) {
    const r = http.get(`${T}/echo`, { headers: { [name]: value } });
    same(`${JSON.stringify(name)}: ${JSON.stringify(value)}`, [r.status, r.error_code >= 1000, r.error !== ''], [0, true, true]);
  }
  for (const method of ['GE T', 'GET\r\n', 'G\u0000T', 'ż']) {
    const r = http.request(method, `${T}/echo`);
    same(`method ${JSON.stringify(method)}`, [r.status, r.error !== ''], [0, true]);
  }
  same('unicode values go as UTF-8', http.get(`${T}/echo`, { headers: { 'X-A': 'ż\u00ff' } }).json('headers.X-A'), 'ż\u00ff');
  same('spaces around are cut', http.get(`${T}/echo`, { headers: { 'X-A': '  a b\t' } }).json('headers.X-A'), 'a b');
  same('large', http.get(`${T}/echo`, { headers: { 'X-A': 'x'.repeat(10000) } }).json('headers.X-A').length, 10000);
  same('numbers', http.get(`${T}/echo`, { headers: { 'X-A': 5, 'X-B': true } }).json('headers.X-A'), '5');
  http.get(`${T}/echo`, { cookies: { a: 'x\r\nX-Injected: 1', 'b;c': 'y', d: 'z"' } });
  same('a path with line ends', http.get(`${T}/echo?a=1\r\nX-Injected:%201`).json('headers.X-Injected') || null, null);
}
