import { check } from 'k6';
class K { get viaGetter() { return true; } own = true; method() { return true; } }
const F = [
  () => check(),
  () => check(1),
  () => check(1, undefined),
  () => check(1, null),
  () => check(1, {}),
  () => check(1, { a: true, b: false, c: 'x', d: '', e: 0, f: NaN, g: null, h: undefined, i: {}, j: [], k: 1n, l: Symbol('s') }),
  () => check(1, { a: (v) => v === 1, b: (v, w) => w === undefined, c: function () { return this === undefined; }, d: () => {}, e: () => 'yes' }),
  () => check(1, [true, false]),
  () => check(1, 'ab'),
  () => check(1, 5),
  () => check(1, new K()),
  () => check(1, Object.create({ inherited: false, x: true })),
  () => check(1, { 'a::b': true }),
  () => check(1, { ok: true, 'a::b': true, later: true }),
  () => check(1, { '': true, ' ': false, 'ä😀': true, 'long'.repeat(1): true }),
  () => check(1, { a: () => { throw new Error('thrown'); }, b: true }),
  () => check(1, { a: true, p: Promise.resolve(false), f: () => Promise.resolve(false) }),
  () => check(1, { a: true }, { tag: 'x', num: 5, bool: true }),
  () => check(1, { a: true }, { tag: null }),
  () => check(1, { a: true, b: () => { try { return check(2, { inner: false, a: false }); } catch (e) { return 'err'; } } }, 'str'),
];
export default function () {
  try { console.log('result', F[__ENV.W]()); } catch (e) { console.log('threw', e.name, e instanceof Error, e.name === 'TypeError' ? '' : e.message); }
}
