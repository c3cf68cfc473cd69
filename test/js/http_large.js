import http from 'k6/http';
import { same } from './_expect.js';

const T = __ENV.TARGET;
export const options = { vus: 2, iterations: 4, discardResponseBodies: true, thresholds: { data_received: ['count>40000000'], data_sent: ['count>4000000'] } };

export default function () {
  same('discarded', [http.get(`${T}/bytes/8000000`).body, http.get(`${T}/bytes/8000000`).status], [null, 200]);
  same('kept when asked for', http.get(`${T}/bytes/1000000`, { responseType: 'text' }).body.length, 1000000);
  same('binary', http.get(`${T}/chunked/1000`, { responseType: 'binary' }).body.byteLength > 1000, true);
  same('sent', http.post(`${T}/echo`, 'x'.repeat(1000000), { responseType: 'text' }).json('body_len'), 1000000);
  same('slowly', http.get(`${T}/drip?bytes=20&ms=40`, { responseType: 'text' }).body.length, 20);
}
