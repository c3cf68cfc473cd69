import { Counter, Trend } from 'k6/metrics';
const c = new Counter('never'), t = new Trend('nothing');
export const options = { thresholds: { never: ['count<5'], nothing: ['avg<5'], 'never{a:b}': ['count<1'] } };
export default function () {}
