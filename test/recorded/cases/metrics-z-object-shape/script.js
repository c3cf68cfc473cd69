
import * as m from 'k6/metrics'; import def from 'k6/metrics';
const c = new m.Counter('c1'), t = new m.Trend('t1', true);
const d = (o, k) => { const x = Object.getOwnPropertyDescriptor(o, k); return x ? [x.writable, x.enumerable, x.configurable, typeof x.value].join() : 'none'; };
const tr = (n, f) => { try { console.log(n, f()); } catch (e) { console.log(n, 'threw', e.name); } };
export default function () {
  console.log(Object.keys(m).sort().join(), typeof def, Object.keys(def).sort().join());
  tr('keys', () => Object.keys(c).sort().join());
  tr('name', () => d(c, 'name')); tr('add', () => d(c, 'add'));
  tr('json', () => JSON.stringify(c)); tr('string', () => String(c));
  tr('instanceof', () => [c instanceof m.Counter, t instanceof m.Trend, c instanceof m.Trend, c instanceof Object].join());
  tr('ctor', () => c.constructor === m.Counter);
  tr('set name', () => { c.name = 'x'; return c.name; });
  tr('new prop', () => { c.foo = 1; return c.foo; });
  tr('detached', () => { const { add } = c; return add(1); });
  tr('call other', () => c.add.call(t, 5));
  tr('bind', () => [1, 2].map(c.add).join());
  tr('delete', () => { delete c.add; return typeof c.add; });
}
