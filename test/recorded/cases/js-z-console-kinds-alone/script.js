class P { constructor() { this.a = 1; } }
export default function () {
  for (const v of [new Map([[1, 2]]), new Set([1]), new P(), P, function f(a) { return a; }, () => 1, Symbol('s'), 5n, new Uint8Array([1, 2]), new ArrayBuffer(3), new Date(0), /re/g, new Error('e'), new TypeError('t'), [1, 'a', null, undefined], { a: undefined }, 'str', '', null, undefined, true, -0, NaN, [], {}, [[]], [{}], [''], new String('s'), Object.create(null), Promise.resolve(), [new Error('in array')], { e: new Error('in object') }, [() => 1], [Symbol('q')], [1n], { b: 2n }, new Array(3), [new Date(0)], [/r/]]) { try { console.log(v); } catch (e) { console.log('threw', e.name); } }
  console.log([], [], {}); console.log({ a: 1 }, 'x', [2]); console.log('a', { b: 'c' }, ['d', 'e']); console.log(undefined, null); console.log('%d', 5, '%o', {}); console.log('%c styled', 'color: red');
  for (const m of ['log', 'debug', 'info', 'warn', 'error']) console[m]({ m }, [m], new Error(m));
  const { log } = console; log('detached'); [1, 2].forEach(console.log); ['x'].map(console.warn); console.log.call(null, 'called'); console.log(...'spread'); setTimeout(console.log, 1, 'from timer', 2);
  for (const m of ['table', 'trace', 'dir', 'assert', 'time', 'timeEnd', 'group', 'count', 'clear']) console.log(m, typeof console[m]);
}
