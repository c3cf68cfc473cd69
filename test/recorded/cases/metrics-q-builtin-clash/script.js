import { Counter, Gauge, Rate, Trend } from 'k6/metrics';
const F = [() => new Trend('http_req_duration'), () => new Trend('http_req_duration', true), () => new Counter('iterations'), () => new Rate('checks'), () => new Gauge('vus')];
let m; try { m = F[__ENV.W](); } catch (e) { console.log('threw', e.name, e.message); }
export default function () { if (m) console.log(m.add(7)); }
