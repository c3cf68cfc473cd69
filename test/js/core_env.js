// __ENV holds texts: what is written to it becomes one, and it can't be closed off.
import { same, throws } from './_expect.js';

//# args: -e ONE=1 -e TWO=2
//# not-err: level=error

__ENV.INIT = 5;
same('in init code', __ENV.INIT, '5');

export const options = { scenarios: { s: { executor: 'per-vu-iterations', vus: 2, iterations: 1 } } };

export function setup() {
  __ENV.SETUP = 'not seen by VUs';
}

export default function () {
  same('each scenario begins anew', __ENV.INIT, undefined);
  same('of its own VU', __ENV.SETUP, undefined);
  const texts = [[5, '5'], [null, ''], [undefined, ''], [{ a: 1 }, '[object Object]'], [[1, 2], '1,2'], [false, 'false'],
    [-0, '0'], [NaN, 'NaN'], [10n, '10'], [Symbol('s'), 's'], [Symbol(), ''], [{ toString: () => 'ts' }, 'ts']];
  for (const [value, text] of texts) {
    __ENV.A = value;
    same('text of ' + String(text), __ENV.A, text);
  }
  throws('a text that throws', () => { __ENV.A = { toString() { throw new Error('inner'); } }; }, 'inner');
  same('old value stays', __ENV.A, 'ts');
  __ENV.ONE++;
  __ENV.ONE += 1;
  same('counting', __ENV.ONE, '21');
  Object.assign(__ENV, { B: true, C: 1.5 });
  same('listed', Object.entries(__ENV).filter(([k]) => ['A', 'B', 'C', 'TWO'].includes(k)).sort(), [['A', 'ts'], ['B', 'true'], ['C', '1.5'], ['TWO', '2']]);
  same('spread and JSON', [{ ...__ENV }.C, JSON.parse(JSON.stringify(__ENV)).C, 'C' in __ENV, Object.hasOwn(__ENV, 'C')], ['1.5', '1.5', true, true]);
  same('descriptor', Object.getOwnPropertyDescriptor(__ENV, 'TWO'), { value: '2', writable: true, enumerable: true, configurable: false });
  same('deleted', [delete __ENV.B, delete __ENV.B, 'B' in __ENV, Object.keys(__ENV).includes('B')], [true, true, false, false]);
  same('a plain object', [Object.getPrototypeOf(__ENV) === Object.prototype, String(__ENV), __ENV instanceof Object, 'toString' in __ENV], [true, '[object Object]', true, true]);
  same('defined', Object.defineProperty(__ENV, 'D', { value: 7 }).D, '7');
  for (const bad of [{ get: () => 1 }, { value: 1, writable: false }, { value: 1, enumerable: false }, { value: 1, configurable: false }]) {
    let name = 'none';
    try {
      Object.defineProperty(__ENV, 'E', bad);
    } catch (e) {
      name = e.name;
    }
    same('refused', [name, 'E' in __ENV], ['TypeError', false]);
  }
  const key = Symbol('key');
  __ENV[key] = 5;
  same('symbols are no names', [__ENV[key], Object.getOwnPropertySymbols(__ENV).length], [5, 1]);
  delete __ENV[key];
  const child = Object.create(__ENV);
  child.TWO = 5;
  same('inherited from', [child.TWO, __ENV.TWO, child.C], [5, '2', '1.5']);
  Object.preventExtensions(__ENV);
  throws('closed', () => { 'use strict'; __ENV.F = 1; }, '');
  throws('frozen', () => Object.freeze(__ENV), '');
  __ENV.TWO = 3;
  same('still changed', __ENV.TWO, '3');
  __ENV.TWO = '2';
  __ENV = 5;
  same('replaced', typeof __ENV, 'number');
}
