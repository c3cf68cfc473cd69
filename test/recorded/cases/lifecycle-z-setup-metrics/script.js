
import { Counter, Trend, Gauge, Rate } from 'k6/metrics';
import { check, group } from 'k6';
import http from 'k6/http';
const c = new Counter('c'), t = new Trend('t', true), g = new Gauge('g'), r = new Rate('r');
export const options = { thresholds: { 'c{where:setup}': ['count==1'], 'checks{group:::setup}': ['rate==1'], 'c{group:::teardown}': ['count==2'], 'http_reqs{group:::setup}': ['count==1'] } };
export function setup() { c.add(1, { where: 'setup' }); t.add(5); check(1, { ok: true }); group('in setup', () => { g.add(3); check(0, { no: (v) => v === 1 }); }); http.get(__ENV.TARGET + '/ip'); }
export default function () { r.add(true); }
export function teardown() { c.add(2); r.add(false); group('td', () => group('inner', () => c.add(0))); }
