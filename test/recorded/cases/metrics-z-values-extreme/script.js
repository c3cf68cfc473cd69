
import { Counter, Gauge, Rate, Trend } from 'k6/metrics';
const c = new Counter('cc'), t = new Trend('tt'), tm = new Trend('tm', true), g = new Gauge('gg'), gt = new Gauge('gt', true), ct = new Counter('ct', true), rt = new Rate('rt', true);
export default function () { c.add(1e15); c.add(0.1); c.add(0.2); for (const v of [1e-9, 1e9, 0, -5, 123456.789, 1e21]) t.add(v); for (const v of [0.0001, 0.9999, 1, 59999, 60000, 3599999, 3600000, 86400000, 1e12]) tm.add(v); g.add(-3); g.add(1e-7); gt.add(90061001); ct.add(1500); rt.add(1); rt.add(0); }
