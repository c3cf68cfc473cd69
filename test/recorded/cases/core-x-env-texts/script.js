__ENV.INIT = 5;

function t(n, f) {
  try {
    console.log(n, JSON.stringify(f()));
  } catch (e) {
    console.log(n, 'threw', e.name);
  }
}

export function setup() {
  __ENV.SETUP = 1;
  return __ENV.INIT;
}

export default function (data) {
  t('init', () => [data, __ENV.INIT, __ENV.SETUP]);
  const values = { number: 5, null: null, undefined, object: { a: 1 }, list: [1, 2], no: false, minus0: -0, nan: NaN, big: 10n, symbol: Symbol('s'), text: { toString: () => 'ts' }, throws: { toString() { throw new RangeError('x'); } } };
  for (const [n, v] of Object.entries(values)) t(n, () => { __ENV.A = v; return __ENV.A; });
  t('count', () => { __ENV.ONE++; __ENV.ONE += 1; return __ENV.ONE; });
  t('assign', () => { Object.assign(__ENV, { B: true, C: 1.5 }); return [__ENV.B, { ...__ENV }.C]; });
  t('descriptor', () => Object.getOwnPropertyDescriptor(__ENV, 'TWO'));
  t('delete', () => [delete __ENV.B, delete __ENV.B, 'B' in __ENV, Object.keys(__ENV).includes('B')]);
  t('plain', () => [Object.getPrototypeOf(__ENV) === Object.prototype, String(__ENV), 'toString' in __ENV]);
  t('define', () => Object.defineProperty(__ENV, 'D', { value: 7 }).D);
  t('getter', () => Object.defineProperty(__ENV, 'E', { get: () => 1 }).E);
  t('read-only', () => Object.defineProperty(__ENV, 'E', { value: 1, writable: false }).E);
  t('inherit', () => { const o = Object.create(__ENV); o.TWO = 5; return [o.TWO, __ENV.TWO, o.C]; });
  t('freeze', () => Object.isFrozen(Object.freeze(__ENV)));
  t('change', () => { __ENV.TWO = 3; return __ENV.TWO; });
}

export function teardown() {
  t('teardown', () => [__ENV.INIT, __ENV.A, __ENV.SETUP, __ENV.TWO]);
}
