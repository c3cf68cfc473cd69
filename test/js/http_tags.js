import http from 'k6/http';
import exec from 'k6/execution';
import { same } from './_expect.js';

const T = __ENV.TARGET;
export const options = {
  tags: { run: 'r' },
  thresholds: {
    'http_reqs{name:own}': ['count==1'],
    'http_reqs{own:1}': ['count==1'],
    'http_reqs{run:r}': ['count==8'],
    'http_reqs{method:POST}': ['count==1'],
    'http_reqs{status:404}': ['count==1'],
    'http_reqs{expected_response:false}': ['count==2'],
    'http_reqs{proto:HTTP/1.1}': ['count==7'],
    'http_reqs{error_code:1404}': ['count==1'],
    'http_reqs{error_code:1050}': ['count==1'],
    'http_reqs{vu_tag:v}': ['count==1'],
    'http_req_failed{expected_response:false}': ['rate==1'],
    'http_req_duration{scenario:default}': ['max>0'],
    'http_reqs{url:own}': ['count==1'],
  },
};

export default function () {
  http.get(`${T}/text`, { tags: { name: 'own' } });
  http.get(`${T}/text?q=1`, { tags: { own: 1, other: true } });
  http.post(`${T}/echo`, 'x');
  http.get(`${T}/status/404`);
  http.get(`${T}/faults/hang`, { timeout: '20ms' });
  exec.vu.tags.vu_tag = 'v';
  http.get(`${T}/text`);
  delete exec.vu.tags.vu_tag;
  same('deleted', exec.vu.tags.vu_tag, undefined);
  http.get(`${T}/redirect/1`);
}
//# err: request timeout
//# not-err: level=error
