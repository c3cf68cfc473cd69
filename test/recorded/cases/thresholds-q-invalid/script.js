import { Trend, Counter, Rate, Gauge } from 'k6/metrics';
const t = new Trend('my_t'), c = new Counter('my_c'), g = new Gauge('my_g'), r = new Rate('my_r');
const T = [
  { my_t: [''] }, { my_t: ['avg'] }, { my_t: ['avg<'] }, { my_t: ['<3'] }, { my_t: ['avg=3'] }, { my_t: ['foo<3'] }, { my_t: ['avg<3ms'] }, { my_t: ['p(<3'] }, { my_t: ['p()<3'] }, { my_t: ['p(101)<3'] },
  { my_t: ['p(-1)<3'] }, { my_t: ['p(x)<3'] }, { my_t: ['count<3'] }, { my_t: ['rate<3'] }, { my_t: ['value<3'] }, { my_c: ['avg<3'] }, { my_g: ['count<3'] }, { my_r: ['count<3'] }, { nope: ['count<3'] }, { 'my_t{': ['avg<3'] },
  { 'my_t{a:b': ['avg<3'] }, { 'my_t{}': ['avg<3'] }, { 'my_t{a}': ['avg<3'] }, { 'my_t{a:}': ['avg<3'] }, { 'my_t{a:b:c}': ['avg<3'] }, { 'my_t{a:b}x': ['avg<3'] }, { my_t: 'avg<3' }, { my_t: [3] }, { my_t: [null] }, { my_t: [{ threshold: 'avg<3', abortOnFail: 'yes' }] },
  { my_t: [{ abortOnFail: true }] }, { my_t: null },
];
export const options = { thresholds: T[__ENV.W] };
export default function () { t.add(1); }
