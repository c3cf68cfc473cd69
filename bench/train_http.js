// Requests for c6's instrumented twin (bench/train.sh): what most scripts do with them, against the built-in target.
import http from 'k6/http';
import { check, group, sleep } from 'k6';
import { Counter, Gauge, Rate, Trend } from 'k6/metrics';
import exec from 'k6/execution';

export const options = {
  thresholds: { http_req_duration: ['p(95)<60000'], 'http_reqs{kind:read}': ['count>0'], checks: ['rate>0'] },
};

const base = __ENV.URL;
const counter = new Counter('a_counter');
const gauge = new Gauge('a_gauge');
const rate = new Rate('a_rate');
const trend = new Trend('a_trend', true);

export default function () {
  const read = http.get(`${base}/json`, { tags: { kind: 'read' } });
  check(read, {
    'status is 200': (r) => r.status === 200,
    'has a body': (r) => r.body.length > 0 && r.json() !== null,
    'is json': (r) => r.headers['Content-Type'].includes('json'),
  });
  group('writing', () => {
    const json = { headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${exec.vu.idInTest}` } };
    const echo = http.post(`${base}/echo`, JSON.stringify({ user: 'ann', n: __ITER }), json);
    trend.add(echo.timings.duration, { kind: 'write' });
    rate.add(echo.json('method') === 'POST');
    http.post(`${base}/echo`, { name: 'value', other: 'a b' });
  });
  counter.add(1);
  gauge.add(exec.scenario.iterationInTest);
  if (__ITER % 10 === 0) {
    http.batch([`${base}/text`, ['GET', `${base}/gzip`], { method: 'GET', url: `${base}/chunked/3` }]);
    http.get(`${base}/cookies/set?a=b`);
    http.get(http.url`${base}/status/${404}`, { responseType: 'none' });
    sleep(0.001);
  }
}
