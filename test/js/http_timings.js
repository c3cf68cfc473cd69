import http from 'k6/http';
import { same } from './_expect.js';

const T = __ENV.TARGET;
export const options = { iterations: 3, thresholds: { http_req_waiting: ['max>=29'], http_req_connecting: ['max>=0'], http_req_duration: ['min>=30'], iteration_duration: ['min>=60'] } };

export default function () {
  const r = http.get(`${T}/delay/30`);
  const t = r.timings;
  // A thread that is stopped between the last byte's sending and the look at the clock counts that as sending.
  same('of the server', [t.sending + t.waiting > 29.9, t.waiting >= 0, t.duration >= t.waiting, t.blocked >= 0, t.receiving >= 0, t.sending >= 0], Array(6).fill(true));
  const again = http.get(`${T}/delay/30`).timings;
  same('a kept connection', [again.connecting, again.tls_handshaking, again.looking_up], [0, 0, 0]);
}
