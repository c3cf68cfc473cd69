import { Counter, Trend } from 'k6/metrics';
export const options = { throw: true };
const c = new Counter('my_c');
export default function () {
  for (const v of [null, undefined, NaN, 'abc', {}, 'x'.repeat(99), 'x'.repeat(100), 'x'.repeat(150), 'ä'.repeat(120)]) try { console.log(c.add(v)); } catch (e) { console.log(e.name, e.message); }
  try { c.add(); } catch (e) { console.log(e.name, e.message); }
}
