// Scenarios: several workloads in one test, each with a function, a schedule, tags and environment of its own.
// setup() runs once before them, teardown() once after; what setup() returns is given to both and to every iteration.
//
//     c6 run examples/scenarios.js
import http from 'k6/http';
import { check, sleep } from 'k6';

export const options = {
  scenarios: {
    readers: {
      executor: 'ramping-vus',
      exec: 'read',
      startVUs: 1,
      stages: [
        { duration: '2s', target: 10 },
        { duration: '2s', target: 10 },
        { duration: '1s', target: 0 },
      ],
      gracefulRampDown: '1s',
    },
    writers: {
      executor: 'constant-vus',
      exec: 'write',
      vus: 2,
      duration: '4s',
      startTime: '1s', // after the readers have begun
      tags: { kind: 'write' },
    },
    report: {
      executor: 'per-vu-iterations',
      exec: 'report',
      vus: 1,
      iterations: 1,
      env: { ROWS: '50' },
    },
  },
  thresholds: { 'http_req_duration{scenario:readers}': ['p(95)<500'], checks: ['rate==1'] },
};

const target = __ENV.TARGET || 'http://127.0.0.1:8080';

export function setup() {
  const res = http.get(`${target}/json`);
  return { names: res.json('items.#.name') };
}

export function read(data) {
  const name = data.names[Math.floor(Math.random() * data.names.length)];
  const res = http.get(`${target}/echo?item=${name}`, { tags: { name: 'read an item' } });
  check(res, { 'the right item': (r) => r.json('args.item') === name });
  sleep(0.05);
}

export function write() {
  const res = http.post(`${target}/echo`, { item: 'plum', count: 4 }); // an object goes out as a form
  check(res, { 'the form arrived': (r) => r.json('form.item') === 'plum' });
  sleep(0.1);
}

export function report() {
  const res = http.get(`${target}/chunked/${__ENV.ROWS}`);
  check(res, { 'all rows are there': (r) => r.body.split('\n').length === Number(__ENV.ROWS) + 1 });
}

export function teardown(data) {
  console.log(`done with ${data.names.join(', ')}`);
}
