//# args: --workers 4 --vus 40 --iterations 400
import http from 'k6/http';
import { check, group } from 'k6';
import { Counter, Gauge, Rate, Trend } from 'k6/metrics';

// What several workers counted is one sum; module state is each VU's own.
const all = { c: new Counter('cc'), r: new Rate('rr'), t: new Trend('tt'), g: new Gauge('gg') };
export const options = {
  thresholds: {
    cc: ['count==400'], rr: ['rate==0.5'], tt: ['min==1', 'max==400'], gg: ['value==5'], checks: ['rate==1'],
    http_reqs: ['count==400'], http_req_failed: ['rate==0'], 'http_reqs{group:::g}': ['count==400'], iterations: ['count==400'],
  },
};
let mine = 0;

export default function () {
  mine++;
  const n = __ITER + 1;
  group('g', () => check(http.get(`${__ENV.TARGET}/json`), { ok: (r) => r.status === 200 && r.json('ok') === true }));
  all.c.add(1);
  if (mine !== n) throw new Error(`${mine} of ${n}`);
  all.r.add(__VU % 2 === 0);
  all.r.add(__VU % 2 === 1);
  all.t.add(1);
  all.t.add(400);
  all.g.add(5);
}
