
import http from 'k6/http'; import { Counter, Trend, Rate, Gauge } from 'k6/metrics'; import { check, group } from 'k6';
const c = new Counter('cc'), t = new Trend('tt', true), r = new Rate('rr'), g = new Gauge('gg');
export const options = { scenarios: { one: { executor: 'shared-iterations', iterations: 2 }, two: { executor: 'shared-iterations', iterations: 2, exec: 'two', startTime: '300ms' } }, thresholds: { checks: ['rate>0.9'], cc: ['count>1'], 'cc{scenario:two}': ['count>=0'], http_req_failed: ['rate<2'] , 'tt': ['p(95)<1000', 'avg<0'] } };
export function setup() { check(1, { setup: true }); c.add(1); }
export default function () { group('g', () => { check(1, { a: true, b: __ITER === 0 }); http.get(__ENV.TARGET + '/ip'); t.add(5); group('deep', () => { check(0, { deep: false }); c.add(1); }); }); r.add(__ITER); }
export function two() { g.add(5); check(1, { a: true }); }
export function teardown() { check(1, { teardown: true }); }
