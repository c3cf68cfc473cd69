
import { Counter, Trend } from 'k6/metrics';
const N = ['a', 'ab', 'A_b1', '_x', '1a', 'a-b', 'a.b', 'a b', 'é', 'a'.repeat(128), 'a'.repeat(129), 'a'.repeat(130), '', ' ab', 'ab ', 'a\nb', 'http_reqs', 'HTTP_REQS', 'iterations', 'checks', 'ab{x}', 'a:b', 5, null, undefined, {}, ['ab'], true, 'undefined'];
for (const n of N) { try { const m = new Counter(n); console.log(String(n).slice(0, 20), 'ok', m.name === n, typeof m.name); } catch (e) { console.log(String(n).slice(0, 20), 'threw', e.name); } }
for (const t of [true, false, undefined, null, 1, 0, 'x', '', {}]) { try { new Trend('t_' + typeof t + String(t).length, t); console.log('trend', typeof t, 'ok'); } catch (e) { console.log('trend', typeof t, 'threw', e.name); } }
try { Counter('zz'); } catch (e) { console.log('call', e.name); }
try { new Counter(); } catch (e) { console.log('no arg', e.name); }
export default function () {}
