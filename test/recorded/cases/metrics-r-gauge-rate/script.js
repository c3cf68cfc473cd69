import { Gauge, Rate, Counter, Trend } from 'k6/metrics';
const g = new Gauge('my_g'), r = new Rate('my_r'), c = new Counter('my_c'), t = new Trend('my_t');
export const options = { iterations: 4 };
export default function () { g.add([5, -2, 9, 3][__ITER]); r.add(__ITER > 2); r.add(0.5); r.add(-1); c.add(-2.5); c.add(0); t.add(-1); t.add(1e12); t.add(0.000123); }
export function handleSummary(d) { for (const k of ['my_g', 'my_r', 'my_c', 'my_t']) { const v = { ...d.metrics[k].values }; if ('rate' in v && k === 'my_c') v.rate = 0; console.log(k, JSON.stringify(Object.entries(v).sort())); } return {}; }
