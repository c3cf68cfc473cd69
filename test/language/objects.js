// Objects, property order, descriptors, symbols, Proxy, Reflect, JSON.
import { eq, throws } from './_tools.js';

export default {
  'own keys: integers, strings, symbols, as they came'(p) {
    const s = Symbol('s');
    const o = { z: 1, 10: 1, [s]: 1, a: 1, 2: 1, '01': 1 };
    delete o.z;
    p();
    o.z = 2;
    eq(Reflect.ownKeys(o).map(String).join(), '2,10,a,01,z,Symbol(s)');
    eq([JSON.stringify(o), Object.entries(o).length], ['{"2":1,"10":1,"a":1,"01":1,"z":2}', 5]);
  },
  'many properties, deleted and added again'(p) {
    const o = {};
    for (let i = 0; i < 200; i++) o[`k${i}`] = i;
    for (let i = 0; i < 200; i += 2) { delete o[`k${i}`]; if (i % 50 === 0) p(); }
    o.k0 = 'again';
    const k = Object.keys(o);
    eq([k.length, k[0], k.at(-1), o.k101, 'k2' in o], [101, 'k1', 'k0', 101, false]);
  },
  'descriptors, freezing, sealing'(p) {
    const o = {};
    Object.defineProperty(o, 'x', { get() { p(); return 5; }, configurable: true });
    eq([o.x, Object.keys(o).length], [5, 0]);
    throws(() => { o.x = 1; }, TypeError);
    Object.defineProperty(o, 'x', { value: 6 });
    throws(() => { o.x = 7; }, TypeError);
    const f = Object.freeze({ a: [1], b: 2 });
    f.a.push(2);
    throws(() => { f.b = 3; }, TypeError);
    throws(() => { delete f.b; }, TypeError);
    throws(() => { f.c = 3; }, TypeError);
    eq([f.a.length, Object.isFrozen(f), Object.isSealed(Object.seal({ a: 1 })), Object.isExtensible(Object.preventExtensions({}))], [2, true, true, false]);
    throws(() => Object.defineProperty(f, 'b', { value: 4 }), TypeError);
  },
  'prototypes: chains, null, cycles, __proto__'(p) {
    const base = { v: 1 }, o = { __proto__: base, own: 2 };
    p();
    eq([o.v, Object.hasOwn(o, 'v'), 'v' in o, Object.getPrototypeOf(Object.create(null))], [1, false, true, null]);
    throws(() => Object.setPrototypeOf(base, o), TypeError);
    base.v = 9;
    eq([o.v, o.__proto__ === base, ({ ['__proto__']: 1 }).__proto__], [9, true, 1]);
  },
  'changing a built-in prototype shows at once, and only here'(p) {
    eq([].mine, undefined);
    Array.prototype.mine = 'me';
    Object.defineProperty(String.prototype, 'loud', { configurable: true, get() { p(); return this.toUpperCase(); } });
    try {
      p();
      eq([[].mine, 'a'.loud], ['me', 'A']);
    } finally {
      delete Array.prototype.mine;
      delete String.prototype.loud;
    }
    eq([[].mine, 'a'.loud], [undefined, undefined]);
  },
  'globals are this VU alone'(p) {
    eq(typeof globalThis.planted, 'undefined');
    globalThis.planted = 1;
    p();
    eq(planted++, 1);
    eq(globalThis.planted, 2);
    delete globalThis.planted;
    eq(typeof planted, 'undefined');
  },
  'symbols: registry, description, well-known'(p) {
    p();
    eq([Symbol.for('x') === Symbol.for('x'), Symbol('x') === Symbol('x'), Symbol('d').description, Symbol.keyFor(Symbol.for('k')), Object(Symbol.iterator) == Symbol.iterator], [true, false, 'd', 'k', true]);
    const o = { [Symbol.toStringTag]: 'Mine', [Symbol.toPrimitive](h) { p(); return h === 'number' ? 42 : h; } };
    eq([Object.prototype.toString.call(o), +o, `${o}`, o + ''], ['[object Mine]', 42, 'string', 'default']);
    const c = [1]; c[Symbol.isConcatSpreadable] = false;
    eq([0].concat(c).length, 2);
  },
  'proxy traps, each once, invariants held'(p) {
    const log = [];
    const h = new Proxy({}, { get: (t, trap) => (...a) => { p(); log.push(trap); return Reflect[trap](...a); } });
    const o = new Proxy({ a: 1 }, h);
    o.a; o.b = 2; 'a' in o; delete o.b; Object.keys(o); Object.getPrototypeOf(o); Object.isExtensible(o);
    eq(log.join(), 'get,set,getOwnPropertyDescriptor,defineProperty,has,deleteProperty,ownKeys,getOwnPropertyDescriptor,getPrototypeOf,isExtensible');
    const bad = new Proxy(Object.freeze({ x: 1 }), { get: () => 2 });
    throws(() => bad.x, TypeError);
    throws(() => Object.keys(new Proxy(Object.freeze({ x: 1 }), { ownKeys: () => [] })), TypeError);
    const { proxy, revoke } = Proxy.revocable([], {});
    eq(Array.isArray(proxy), true);
    revoke();
    throws(() => proxy.length, TypeError);
  },
  'proxies of functions and arrays'(p) {
    const f = new Proxy(function (a) { return a; }, { apply: (t, self, a) => (p(), t(...a) * 2), construct: (t, a) => ({ made: a[0] }) });
    eq([f(2), new f(3).made], [4, 3]);
    const list = new Proxy([3, 1, 2], {});
    eq([list.sort().join(), list.map((x) => x * 2).join(), JSON.stringify(list), list.length, [].concat(list).length], ['1,2,3', '2,4,6', '[1,2,3]', 3, 3]);
    const neg = new Proxy([1, 2, 3], { get: (t, k, r) => { p(); return Reflect.get(t, typeof k === 'string' && k < 0 ? t.length + +k : k, r); } });
    eq([neg[-1], neg[0]], [3, 1]);
  },
  'Reflect answers instead of throwing'(p) {
    p();
    const o = Object.freeze({ a: 1 });
    eq([Reflect.set(o, 'a', 2), Reflect.deleteProperty(o, 'a'), Reflect.defineProperty(o, 'b', { value: 1 }), Reflect.has(o, 'a'), Reflect.get({ get x() { return this.y; } }, 'x', { y: 5 })], [false, false, false, true, 5]);
    eq(Reflect.apply(Math.max, null, [1, 3]), 3);
  },
  'JSON: order, replacer, reviver, toJSON, spaces'(p) {
    eq(JSON.stringify({ b: 1, a: [undefined, () => 1, NaN, new Date(0), 'é\u2028\ud800"'], u: undefined, n: { toJSON(k) { p(); return `<${k}>`; } } }), '{"b":1,"a":[null,null,null,"1970-01-01T00:00:00.000Z","é\u2028\\ud800\\""],"n":"<n>"}');
    eq(JSON.stringify({ a: 1, b: { a: 2, c: 3 } }, ['a', 'b']), '{"a":1,"b":{"a":2}}');
    eq(JSON.stringify({ a: 1, b: [1, 2] }, (k, v) => { p(); return typeof v === 'number' ? v * 2 : v; }, 1), '{\n "a": 2,\n "b": [\n  2,\n  4\n ]\n}');
    const seen = [];
    const r = JSON.parse('{"a":[1,{"b":2}],"__proto__":3}', function (k, v) { p(); seen.push(k); return k === 'b' ? undefined : v; });
    eq([seen.join(), JSON.stringify(r), Object.hasOwn(r, '__proto__')], ['0,b,1,a,__proto__,', '{"a":[1,{}],"__proto__":3}', true]);
  },
  'JSON refuses what is none'(p) {
    p();
    for (const t of ['', '{a:1}', '[1,]', '01', '"\n"', 'nul', '{"a":1}x', "'a'"]) throws(() => JSON.parse(t), SyntaxError, t);
    const ring = {}; ring.r = ring;
    throws(() => JSON.stringify(ring), TypeError);
    eq([JSON.parse(' 1e3 '), JSON.parse('"\\u0041"'), JSON.stringify(undefined), JSON.parse('[-0]')[0]], [1000, 'A', undefined, -0]);
  },
  'Object.assign, spread and groupBy call accessors in order'(p) {
    const log = [];
    const src = { get a() { p(); log.push('a'); return 1; }, get b() { log.push('b'); return 2; } };
    const o = { ...src, c: 3, ...null, ...[7, 'i'] };
    eq([o.a, o[1], log.join(), Object.assign({}, src, { a: 5 }).a], [1, 'i', 'a,b', 5]);
    const g = Object.groupBy([1, 2, 3], (n) => (p(), n % 2 ? 'odd' : 'even'));
    eq([g.odd.join(), g.even.join(), Object.getPrototypeOf(g)], ['1,3', '2', null]);
    eq(Map.groupBy([1, 2, 3], (n) => n > 1).get(true).join(), '2,3');
  },
  'errors: cause, stack, names, own kinds'(p) {
    const e = new RangeError('m', { cause: 7 });
    p();
    eq([e.cause, e.name, Object.keys(e).length, String(e), e instanceof Error, Object.prototype.toString.call(e), typeof e.stack], [7, 'RangeError', 0, 'RangeError: m', true, '[object Error]', 'string']);
    eq([new AggregateError([1, 2]).errors.join(), String(new Error()), String(Object.assign(new Error('x'), { name: 'N' }))], ['1,2', 'Error', 'N: x']);
    const kinds = [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map((K) => Object.getPrototypeOf(K) === Error && new K('x').name);
    eq(kinds.join(), 'EvalError,RangeError,ReferenceError,SyntaxError,TypeError,URIError');
  },
  'errors thrown by the engine are of this VU'(p) {
    const realm = (f) => { try { f(); } catch (e) { p(); return e.constructor; } };
    eq([realm(() => null.x) === TypeError, realm(() => nowhere) === ReferenceError, realm(() => [].length = -1) === RangeError, realm(() => JSON.parse('{')) === SyntaxError, realm(() => Symbol() + '') === TypeError, realm(() => new Array(-1)) === RangeError], [true, true, true, true, true, true]);
  },
  'what built-ins make is of this VU'(p) {
    const protos = () => [[], {}, () => 1, /x/, new Date(0), new Map(), new Set(), Promise.resolve(), new Uint8Array(1), Symbol('x'), 'x'.match(/x/), JSON.parse('[{}]'), JSON.parse('[{}]')[0], Object.entries({ a: 1 })[0], 'a b'.split(' '), [1].map((x) => x), Array.from('x'), new Error('x'), (function* () {})(), new Proxy({}, {}), Object(1), Object('s'), structured()];
    const structured = () => Object.getOwnPropertyDescriptor({ a: 1 }, 'a');
    const kinds = [Array, Object, Function, RegExp, Date, Map, Set, Promise, Uint8Array, Symbol, Array, Array, Object, Array, Array, Array, Array, Error, Object, Object, Number, String, Object];
    protos().forEach((v, i) => { p(); if (!(v instanceof kinds[i]) && typeof v !== 'symbol') throw new Error(`value ${i} is not an instance of ${kinds[i].name}`); });
  },
  'accessors and setters along the chain'(p) {
    const log = [];
    const base = { set v(x) { p(); log.push([this === o, x].join()); } };
    const o = Object.create(base);
    o.v = 1;
    eq([log.join(), Object.keys(o).length], ['true,1', 0]);
    Object.defineProperty(base, 'r', { value: 1, writable: false });
    throws(() => { o.r = 2; }, TypeError);
  },
};
