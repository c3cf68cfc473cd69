import { Trend, Counter, Gauge } from 'k6/metrics';
const t = new Trend('t_1'), c = new Counter('c_1'), g = new Gauge('g_1'), e = new Counter('e_1'), d = new Counter('data_1'), h = new Trend('h_1', true);
export default function () { for (const x of [1e-9, 1e21, 123456789, 0.1 + 0.2, -5, 1e15]) t.add(x); c.add(1e21); g.add(1e-7); e.add(0); d.add(1234567); for (const x of [0.0001, 0.5, 59999.9, 3600000, 86400000]) h.add(x); }
