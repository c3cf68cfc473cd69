// A first load test: ten virtual users ask the server for a JSON document, look at the answer, and pause.
//
//     c6 target &                        a small HTTP server to test against
//     c6 run examples/quickstart.js
//
// Another server: c6 run -e TARGET=https://staging.example.com examples/quickstart.js
import http from 'k6/http';
import { check, sleep } from 'k6';

export const options = {
  vus: 10,
  duration: '5s',
  thresholds: {
    checks: ['rate>0.99'], // nearly every check holds
    http_req_failed: ['rate<0.01'], // nearly no request fails
    http_req_duration: ['p(95)<500'], // 95 of 100 answers come within half a second
  },
};

const target = __ENV.TARGET || 'http://127.0.0.1:8080';

export default function () {
  const res = http.get(`${target}/json`);
  check(res, {
    'status is 200': (r) => r.status === 200,
    'there are items': (r) => r.json('items.#') > 0,
  });
  sleep(0.1);
}
