//# err: level=warning msg="Request Failed"
//# not-err: level=error
import http from 'k6/http';
import { check } from 'k6';
import { same } from './_expect.js';

// Whatever a server does, the script gets a response with an error, and the connection after it is a good one.
const wanted = {
  reset: [1220, null], 'reset-body': [1220, 500], close: [1000, null], truncate: [1000, 500], hang: [1050, null], 'hang-body': [1050, 500],
  badheader: [1000, null], badlength: [1000, null], badchunk: [1000, 5], badgzip: [1701, null], garbage: [1000, null], 'endless-headers': [1000, null],
};
export const options = { vus: 3, iterations: 6, thresholds: { http_req_failed: ['rate==0.5'], http_reqs: ['count==156'], 'http_reqs{error_code:1220}': ['count==12'], 'http_reqs{status:0}': ['count==78'] } };

export default function () {
  for (const [name, [code, length]] of Object.entries(wanted)) {
    const r = http.get(`${__ENV.TARGET}/faults/${name}`, { timeout: name.startsWith('hang') ? '100ms' : '30s' });
    same(name, [r.status, r.error_code, r.body === null ? null : r.body.length, r.error !== '', r.headers, r.proto], [0, code, length, true, {}, '']);
    same(`after ${name}`, http.get(`${__ENV.TARGET}/text`).status, 200);
  }
  const r = http.get(`${__ENV.TARGET}/faults/endless-body`, { timeout: '100ms' });
  same('endless body', [r.status, r.error_code], [0, 1050]);
  http.get(`${__ENV.TARGET}/text`);
}
