import { sleep } from 'k6';
const t0 = Date.now(); sleep(0.05); console.log('init slept', Date.now() - t0 >= 45);
export default function () {
  for (const v of [0, -1, '0.05', null, undefined, NaN, '', 'abc', true, [0.05], {}, -Infinity, 1e-9]) {
    const t = Date.now();
    try { const r = sleep(v); console.log(String(v), r, Date.now() - t < 40 ? 'none' : Date.now() - t < 900 ? 'short' : 'long'); } catch (e) { console.log(String(v), 'threw', e.name); }
  }
  try { sleep(); console.log('no argument'); } catch (e) { console.log('threw', e.name); }
  try { sleep(0.01, 5); console.log('two'); } catch (e) { console.log('threw', e.name); }
  try { sleep(Symbol('x')); } catch (e) { console.log('symbol', e.name); }
  try { sleep(1n); } catch (e) { console.log('bigint', e.name); }
}
