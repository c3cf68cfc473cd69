import http from 'k6/http';
import { same } from './_expect.js';

const T = __ENV.TARGET;
export default function () {
  for (const name of ['gzip', 'deflate']) {
    const r = http.get(`${T}/${name}`);
    same(name, [r.status, r.headers['Content-Encoding'], r.json('ok')], [200, name, true]);
    same(`${name}, no body wanted`, http.get(`${T}/${name}`, { responseType: 'none' }).body, null);
  }
  for (const compression of ['gzip', 'deflate', 'br', 'zstd', 'gzip, deflate']) {
    const r = http.post(`${T}/echo`, 'abc'.repeat(100), { compression });
    same(compression, [r.status, r.json('headers.Content-Encoding')], [200, compression]);
  }
}
