import { check, group } from 'k6';
const fns = { arrow: () => true, named(v) { return v.a === 1; }, gen: function* () { yield 1; }, cls: class X {}, bound: function () { return this.z; }.bind({ z: true }) };
export default function () {
  for (const k of Object.keys(fns)) { try { console.log(k, check({ a: 1 }, { [k]: fns[k] })); } catch (e) { console.log(k, 'threw', e.name); } }
  try { check(1, { a: async () => true }); } catch (e) { console.log(e.name, e.message); }
  try { check(1, { first: true, a: async () => true, last: true }); } catch (e) { console.log('async', e.name); }
  let n = 0;
  console.log(check(1, { get x() { n++; return n; } }), n);
  console.log(check({ status: 200 }, { 'is 200': (r) => r.status === 200, 'has body': (r) => r.body.length > 0 }));
}
