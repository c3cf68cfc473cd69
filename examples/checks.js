// Checks and groups: what is expected of answers, counted by name. A failed check doesn't end the test;
// a threshold on `checks` makes it count for the exit code.
//
//     c6 run examples/checks.js
import http from 'k6/http';
import { check, group } from 'k6';

export const options = {
  vus: 2,
  iterations: 20,
  thresholds: { checks: ['rate==1'] },
};

const target = __ENV.TARGET || 'http://127.0.0.1:8080';

export default function () {
  group('reading', () => {
    const res = http.get(`${target}/json`);
    check(res, {
      'is JSON': (r) => r.headers['Content-Type'] === 'application/json',
      'names the cheese': (r) => r.json('items.2.name') === 'cheese',
    });
  });
  group('writing', () => {
    const sent = { item: 'plum', count: 4 };
    const res = http.post(`${target}/echo`, JSON.stringify(sent), { headers: { 'Content-Type': 'application/json' } });
    check(res, {
      'comes back as sent': (r) => r.json('json.item') === sent.item && r.json('json.count') === sent.count,
    });
  });
  group('what must not work', () => {
    const res = http.get(`${target}/my/profile`, { responseCallback: http.expectedStatuses(401) });
    check(res, { 'asks for a login': (r) => r.status === 401 });
  });
}
