import http from 'k6/http';
import { same, throws } from './_expect.js';

const T = __ENV.TARGET;
export const options = {
  thresholds: {
    'http_req_failed{name:a}': ['rate==0.5'],
    'http_req_failed{name:b}': ['rate==0'],
    'http_req_failed{name:d}': ['rate==1'],
    'http_reqs{name:c}': ['count==2'],
    'http_reqs{name:c,expected_response:true}': ['count==0'],
  },
};

export default function () {
  http.get(`${T}/status/200`, { tags: { name: 'a' } });
  http.get(`${T}/status/404`, { tags: { name: 'a' } });
  for (const s of [404, 500, 503]) http.get(`${T}/status/${s}`, { tags: { name: 'b' }, responseCallback: http.expectedStatuses(404, { min: 500, max: 599 }) });
  http.setResponseCallback(null);
  http.get(`${T}/status/404`, { tags: { name: 'c' } });
  http.get(`${T}/status/200`, { tags: { name: 'c' }, responseCallback: undefined });
  http.setResponseCallback(http.expectedStatuses(404));
  http.get(`${T}/status/200`, { tags: { name: 'd' } });
  throws('nothing', () => http.expectedStatuses(), 'no arguments');
  throws('text', () => http.expectedStatuses('200'), 'argument number 1 to expectedStatuses was neither an integer nor an object like {min:100, max:329}');
  throws('half', () => http.expectedStatuses(200, { min: 1 }), 'argument number 2');
  throws('fraction', () => http.expectedStatuses({ min: 1.5, max: 2 }), 'both min and max need to be integers for argument number 1');
  throws('callback', () => http.setResponseCallback(() => true), 'unsupported argument, expected http.expectedStatuses');
  same('error codes', [200, 399, 400, 599].map((s) => http.get(`${T}/status/${s}`, { redirects: 0 }).error_code), [0, 0, 1400, 1599]);
}
