// One GET and two checks on its answer an iteration.
import http from 'k6/http';
import { check } from 'k6';

export const options = {
  thresholds: { checks: ['rate>0.99'], http_req_duration: ['p(95)<10000'] },
};

const url = __ENV.URL;

export default function () {
  const res = http.get(url);
  check(res, {
    'status is 200': (r) => r.status === 200,
    'body says hello': (r) => r.body.includes('Hello'),
  });
}
