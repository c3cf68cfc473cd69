
import { Counter, Gauge, Rate, Trend } from 'k6/metrics';
import exec from 'k6/execution';
const c = new Counter('cc'), r = new Rate('rr'), t = new Trend('tt'), g = new Gauge('gg');
export const options = { scenarios: { a: { executor: 'per-vu-iterations', vus: 5, iterations: 20 }, b: { executor: 'shared-iterations', vus: 3, iterations: 30, exec: 'b', tags: { who: 'b' } } }, summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)', 'p(99.9)', 'count'] };
export default function () { const i = exec.scenario.iterationInTest; c.add(i); r.add(i % 4 === 0); t.add(i, { odd: i % 2 }); }
export function b() { const i = exec.scenario.iterationInTest; c.add(1); t.add(1000 + i); g.add(7); }
