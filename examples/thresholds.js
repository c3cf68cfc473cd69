// Thresholds: when is the test a failure? They look at built-in and own metrics, at all samples or at those
// with certain tags, and may end the test early. A failed threshold makes the exit code 99.
//
//     c6 run examples/thresholds.js; echo "exit code $?"
import http from 'k6/http';
import { Counter, Trend } from 'k6/metrics';

const bytes = new Counter('bytes_read');
const slowness = new Trend('slowness', true); // true: the values are milliseconds

export const options = {
  vus: 5,
  duration: '3s',
  thresholds: {
    http_req_duration: ['med<200', 'p(99)<1000'],
    'http_req_duration{kind:slow}': ['min>=20'], // only the requests tagged so below
    http_req_failed: [{ threshold: 'rate<0.1', abortOnFail: true, delayAbortEval: '1s' }],
    bytes_read: ['count>1000'],
    slowness: ['avg<100'],
  },
};

const target = __ENV.TARGET || 'http://127.0.0.1:8080';

export default function () {
  const quick = http.get(`${target}/bytes/1000`, { tags: { kind: 'quick' } });
  bytes.add(quick.body.length);
  const slow = http.get(`${target}/delay/20`, { tags: { kind: 'slow' } });
  slowness.add(slow.timings.waiting);
}
