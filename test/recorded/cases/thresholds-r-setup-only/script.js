import { Counter, Trend } from 'k6/metrics';
const c = new Counter('my_c'), t = new Trend('my_t');
export const options = { thresholds: { 'my_c{group:::setup}': ['count==2'], 'my_t{group:::teardown}': ['max==7'], my_c: ['count==3'] } };
export function setup() { c.add(2); }
export default function () { c.add(1); }
export function teardown() { t.add(7); }
