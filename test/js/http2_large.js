// Bodies larger than any window, both ways, alone and side by side.
import http from 'k6/http';
import { same } from './_expect.js';

export const options = { insecureSkipTLSVerify: true };
const T = __ENV.TARGET_TLS;

export default function () {
  const down = http.get(`${T}/bytes/20000000`, { responseType: 'binary' });
  const bytes = new Uint8Array(down.body);
  same('down', [down.status, bytes.length, String.fromCharCode(...bytes.slice(19999936))], [200, 20000000, '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-\n']);
  const text = 'x'.repeat(5000000);
  same('up', http.post(`${T}/echo`, text).json('body_len'), 5000000);
  same('side by side', http.batch([1, 2, 3, 4].map((i) => ['POST', `${T}/echo`, text.slice(i * 1000000)])).map((r) => r.json('body_len')), [4000000, 3000000, 2000000, 1000000]);
  same('both ways', http.batch([['GET', `${T}/bytes/3000000`, null, { responseType: 'binary' }], ['POST', `${T}/echo`, text]]).map((r) => r.status), [200, 200]);
  const long = http.get(`${T}/echo`, { headers: { 'X-Long': '~'.repeat(20000) } });
  same('a long head', [long.status, long.json('headers')['X-Long'].length], [200, 20000]);
}
