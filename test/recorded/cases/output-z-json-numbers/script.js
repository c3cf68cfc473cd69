
import { Counter, Trend, Gauge, Rate } from 'k6/metrics';
const c = new Counter('cc'), t = new Trend('tt', true), g = new Gauge('gg'), r = new Rate('rr');
export default function () { for (const v of [0, 1e-7, 1e21, 1e20, 123456789012345680000, 0.1, -0, 1/3, 5e-324, 1.7976931348623157e308]) { c.add(v, { v: String(v) }); t.add(v, { v: String(v) }); g.add(v, { v: String(v) }); r.add(v, { v: String(v) }); } c.add(1, { '<a>': '&"\u2028\u0001\ud800' }); }
