
import { Trend, Gauge } from 'k6/metrics';
const t = new Trend('tt', true), u = new Trend('uu'), g = new Gauge('gg', true);
export default function () { for (const v of [0.00001, 0.5, 1.25, 999.999, 1000, 61001, 3661001.5]) { t.add(v); u.add(v); } g.add(1234.5678); }
