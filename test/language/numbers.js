// Numbers, Math, BigInt, Date.
import { eq, throws } from './_tools.js';

export default {
  'Math at its edges'(p) {
    p();
    eq([Math.max(), Math.min(1, '0'), Math.round(-0.5), Math.round(2.5), Math.sign(-0), Math.trunc(-1.9), Math.hypot(3, 4), Math.cbrt(27), Math.fround(5.5), Math.clz32(1), Math.imul(0xffffffff, 5), Math.log2(8), Math.expm1(0)], [-Infinity, 0, -0, 3, -0, -1, 5, 3, 5.5, 31, -5, 3, 0]);
    eq([Math.atan2(0, -0), Math.pow(NaN, 0), Math.max(NaN, 1), Math.ceil(-0.5)], [Math.PI, 1, NaN, -0]);
  },
  'random differs and stays in its range'(p) {
    const seen = new Set();
    for (let i = 0; i < 50; i++) { const r = Math.random(); if (i % 20 === 0) p(); eq(r >= 0 && r < 1, true); seen.add(r); }
    eq(seen.size > 45, true);
  },
  'Number functions'(p) {
    p();
    eq([Number.isInteger(5.0), Number.isSafeInteger(2 ** 53), Number.EPSILON > 0, Number.parseFloat === parseFloat, isNaN('x'), Number.isNaN('x'), 0.1 + 0.2 === 0.3], [true, false, true, true, true, false, false]);
    throws(() => (1).toFixed(101), RangeError);
    throws(() => (1).toString(1), RangeError);
  },
  'BigInt arithmetic'(p) {
    const f = (n) => { let r = 1n; for (let i = 2n; i <= n; i++) { r *= i; if (i % 10n === 0n) p(); } return r; };
    eq(f(25n), 15511210043330985984000000n);
    eq([-7n / 2n, -7n % 2n, 2n ** 100n, (1n << 70n) >> 68n, ~5n, -5n & 3n, BigInt.asUintN(8, 257n), BigInt.asIntN(8, 255n), BigInt('0xff'), BigInt(2 ** 53)], [-3n, -1n, 1267650600228229401496703205376n, 4n, -6n, 3n, 1n, -1n, 255n, 9007199254740992n]);
    eq([(123n).toString(36), 2n > 1, 1n == 1, 1n === 1, typeof (1n + 2n), 10n ** 20n + ''], ['3f', true, true, false, 'bigint', '100000000000000000000']);
  },
  'BigInt mixes with nothing'(p) {
    p();
    throws(() => 1n + 1, TypeError);
    throws(() => Math.max(1n), TypeError);
    throws(() => BigInt(1.5), RangeError);
    throws(() => 1n / 0n, RangeError);
    throws(() => JSON.stringify({ a: 1n }), TypeError);
    throws(() => BigInt('1n'), SyntaxError);
  },
  'Date parts, parsing, overflow'(p) {
    const d = new Date(Date.UTC(2026, 1, 28, 23, 59, 58, 120));
    p();
    eq([d.toISOString(), d.getTime(), d.getUTCDay(), JSON.stringify(d)], ['2026-02-28T23:59:58.120Z', 1772323198120, 6, '"2026-02-28T23:59:58.120Z"']);
    d.setUTCDate(30);
    eq([d.toISOString(), Date.parse('2026-03-01'), Date.parse('2026-03-01T00:00:00+02:00'), new Date('x').getTime(), new Date(2026, 0).getMonth(), new Date(8.64e15 + 1).getTime()], ['2026-03-02T23:59:58.120Z', 1772323200000, 1772316000000, NaN, 0, NaN]);
    throws(() => new Date(NaN).toISOString(), RangeError);
    eq([new Date(0) < new Date(1), new Date(5) - new Date(3), typeof (new Date() + 1), `${new Date(NaN)}`], [true, 2, 'string', 'Invalid Date']);
  },
  'Date takes and gives what Symbol.toPrimitive says'(p) {
    const d = new Date(1000);
    p();
    eq([d[Symbol.toPrimitive]('number'), new Date({ [Symbol.toPrimitive]() { p(); return 7; } }).getTime(), +new Date(d)], [1000, 7, 1000]);
  },
  'now goes forward'(p) {
    const a = Date.now();
    p();
    eq([Date.now() >= a, Math.abs(new Date().getTime() - a) < 60000], [true, true]);
  },
  'literals'(p) {
    p();
    eq([0b101, 0o17, 0xFf, 1_000, .5, 5., 1e3, 0.1e-2, 9007199254740993], [5, 15, 255, 1000, 0.5, 5, 1000, 0.001, 9007199254740992]);
  },
  'comparison and equality tables'(p) {
    const o = { valueOf() { p(); return 2; } };
    eq([o > 1, o == 2, null == 0, null >= 0, undefined == null, NaN != NaN, '10' < '9', '10' < 9, [2] == 2, 'b' > 'a', true + true], [true, true, false, true, true, true, true, false, true, true, 2]);
  },
};
