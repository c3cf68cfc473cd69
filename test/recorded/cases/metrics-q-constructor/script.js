import { Counter, Gauge, Rate, Trend } from 'k6/metrics';
const F = [
  () => new Counter(),
  () => new Counter(undefined),
  () => new Counter(null),
  () => new Counter(5),
  () => new Counter(''),
  () => new Counter('a'),
  () => new Counter('ab'),
  () => new Counter('1ab'),
  () => new Counter('_a'),
  () => new Counter('a-b'),
  () => new Counter('a.b'),
  () => new Counter('a b'),
  () => new Counter('ä_metric'),
  () => new Counter('x'.repeat(128)),
  () => new Counter('x'.repeat(129)),
  () => new Counter('x'.repeat(130)),
  () => Counter('plain'),
  () => { new Counter('twice', true); return new Counter('twice', false); },
  () => { new Counter('twice'); return new Counter('twice', 0); },
  () => { new Counter('twice'); return new Trend('twice'); },
  () => new Counter('http_reqs'),
];
let out;
try { const m = F[__ENV.W](); out = `${typeof m} ${m.name} ${Object.keys(m)} ${m instanceof Counter} ${typeof m.add} ${m.constructor === Object}`; if (m) { try { m.name = 'other'; out += ' named'; } catch (e) { out += ' ro'; } out += m.name; globalThis.m = m; } } catch (e) { out = `threw ${e.name} ${e.message}`; }
export default function () { console.log(out); if (globalThis.m) console.log(m.add(1)); }
