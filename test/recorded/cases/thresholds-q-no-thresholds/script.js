import { Trend } from 'k6/metrics';
const t = new Trend('my_t');
export const options = { thresholds: __ENV.BAD ? { nope: ['count<3'], 'my_t{a:1': ['x'] } : { my_t: ['avg<1'], 'my_t{a:1}': ['avg<1'] } };
export default function () { t.add(5, { a: 1 }); }
