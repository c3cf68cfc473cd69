import { Trend, Counter, Rate, Gauge } from 'k6/metrics';
const t = new Trend('my_t'), c = new Counter('my_c'), g = new Gauge('my_g'), r = new Rate('my_r');
const ops = ['<', '<=', '>', '>=', '==', '===', '!='];
const all = (aggs, v) => aggs.flatMap((a) => ops.map((o) => `${a}${o}${v}`));
const T = [
  { my_t: all(['avg', 'min', 'max', 'med', 'p(90)', 'p(0)', 'p(100)', 'p(99.9)', 'p(50.5)'], 3), my_c: all(['count'], 5), my_g: all(['value'], 5), my_r: all(['rate'], 0.6) },
  { my_t: ['avg < 3', ' avg<3', 'avg<3 ', 'avg  <  3', 'p(90) < 3', 'avg<+3', 'avg<-3', 'avg<3e0', 'avg<.5', 'avg<5.', 'avg<0x3p0', 'avg<1_000', 'avg<inf', 'avg<Infinity', 'avg<nan', 'p<1'] },
  { my_c: ['count>=5', 'rate>=0', 'rate>1e9'], my_g: ['value==5'], my_r: ['rate>0.5', 'rate<0.1'] },
  { my_t: [{ threshold: 'avg<1', abortOnFail: true, delayAbortEval: '10s' }, { threshold: 'avg<9' }, 'max<1'], my_c: [], my_g: [{ threshold: 'value<1', abortOnFail: false, delayAbortEval: null }] },
];
export const options = { thresholds: T[__ENV.W] };
export default function () { for (let i = 1; i <= 5; i++) { t.add(i); c.add(1); g.add(i); r.add(i > 2); } }
export function handleSummary(d) { for (const k of Object.keys(d.metrics).sort()) if (d.metrics[k].thresholds) console.log(k, JSON.stringify(Object.entries(d.metrics[k].thresholds).sort())); return {}; }
