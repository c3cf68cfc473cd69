// Functions, closures, arguments, destructuring, templates, eval.
import { eq, throws } from './_tools.js';

const tag = (s, ...v) => ({ s, v });
const site = (x) => tag`a${x}b\n`;

export default {
  'closures share and keep their variables'(p) {
    const make = () => { let n = 0; return { up: () => (p(), ++n), read: () => n }; };
    const a = make(), b = make();
    a.up(); a.up(); b.up();
    eq([a.read(), b.read()], [2, 1]);
  },
  'defaults see earlier parameters and are made at each call'(p) {
    const f = (a, b = (p(), a + 1), c = () => b, d = []) => { d.push(a); return [a, b, c(), d.length]; };
    eq(f(1), [1, 2, 2, 1]);
    eq(f(1, undefined), [1, 2, 2, 1]);
    eq(f(1, null), [1, null, null, 1]);
  },
  'default parameters have a scope of their own'(p) {
    const x = 'outer';
    const f = (g = () => x) => { const x = 'inner'; p(); return [x, g()]; };
    eq(f(), ['inner', 'outer']);
  },
  'length and name of functions'(p) {
    p();
    const o = { m() {}, get g() { return 1; }, ['c' + 1]: () => {}, [Symbol('s')]: function () {} };
    const [sym] = Object.getOwnPropertySymbols(o);
    eq([((a, b = 1, c) => {}).length, (function (...r) {}).length, o.m.name, o.c1.name, o[sym].name, Object.getOwnPropertyDescriptor(o, 'g').get.name, (() => {}).bind().name], [1, 0, 'm', 'c1', '[s]', 'get g', 'bound ']);
  },
  'rest, spread and holes'(p) {
    const f = (a, ...r) => [a, r.length, ...r];
    p();
    eq(f(...[1, , 3], ...new Set([4]), ...'ab'), [1, 5 - 0, undefined, 3, 4, 'a', 'b']);
  },
  'arguments of strict functions are apart from parameters'(p) {
    function f(a) { arguments[0] = 9; p(); return [a, arguments.length, [...arguments].join()]; }
    eq(f(1, 2), [1, 2, '9,2']);
  },
  'arrows take this and arguments from outside'(p) {
    function F() { this.v = 1; return (() => { p(); return [this.v, arguments[0], new.target === F]; })(); }
    eq(Reflect.construct(F, [5]), [1, 5, true]);
  },
  'new.target, call, apply, bind'(p) {
    function F(a, b) { p(); return new.target ? { t: new.target.name, a, b } : [this.x, a, b]; }
    eq(F.call({ x: 1 }, 2, 3), [1, 2, 3]);
    eq(F.apply({ x: 1 }, { length: 2, 0: 4, 1: 5 }), [1, 4, 5]);
    const B = F.bind({ x: 7 }, 8);
    eq(B(9), [7, 8, 9]);
    const made = new B(9);
    eq([made.t, made.a, made.b, B.length], ['F', 8, 9, 1]);
  },
  'destructuring with defaults, computed keys, rest and swaps'(p) {
    const k = 'b';
    const { a, [k]: { c = (p(), 'd'), ...more } = {}, ...rest } = { a: 1, b: { x: 2 }, y: 3, z: 4 };
    let [u, , v = 5, [w] = 'q', ...tail] = [1, 2, undefined, undefined, 6, 7];
    [u, v] = [v, u];
    eq([a, c, more.x, rest.y + rest.z, u, v, w, tail.join()], [1, 'd', 2, 7, 5, 1, 'q', '6,7']);
  },
  'destructuring assigns to members in order and closes'(p) {
    const log = [];
    const it = { [Symbol.iterator]() { let n = 0; return { next() { p(); log.push(`n${n}`); return { value: n++, done: false }; }, return() { log.push('r'); return {}; } }; } };
    const o = { set x(v) { log.push(`x${v}`); }, set y(v) { p(); log.push(`y${v}`); } };
    [o.x, o.y] = it;
    eq(log.join(), 'n0,x0,n1,y1,r');
  },
  'destructuring null throws'(p) {
    p();
    throws(() => { const { x } = null; return x; }, TypeError);
    throws(() => { const [x] = {}; return x; }, TypeError);
  },
  'template objects: cooked, raw, frozen, one per site'(p) {
    const a = site(1);
    p();
    const b = site(2);
    eq([a.s === b.s, a.s.raw[1], a.s[1], Object.isFrozen(a.s), Object.isFrozen(a.s.raw), a.v[0], b.v[0]], [true, 'b\\n', 'b\n', true, true, 1, 2]);
    eq([a.s instanceof Array, Object.getPrototypeOf(a.s) === Array.prototype], [true, true]);
    eq([tag`a${1}b\n`.s === a.s, tag`\unicode`.s[0], String.raw`\u${1}`], [false, undefined, '\\u1']);
  },
  'templates convert with toString'(p) {
    const o = { toString() { p(); return 's'; }, valueOf() { return 'v'; } };
    eq([`${o}`, `${[1, [2]]}`, o + ''], ['s', '1,2', 'v']);
    throws(() => `${Symbol('x')}`, TypeError);
  },
  'getters and setters, computed and static'(p) {
    const log = [];
    const o = { _v: 1, get v() { p(); return this._v; }, set v(x) { p(); log.push(x); this._v = x * 2; } };
    o.v += 4;
    eq([o.v, log[0]], [10, 5]);
    throws(() => { 'use strict'; ({ get x() { return 1; } }).x = 2; }, TypeError);
  },
  'super in object methods'(p) {
    const base = { hi() { p(); return `base ${this.n}`; } };
    const o = { __proto__: base, n: 1, hi() { return `${super.hi()}!`; } };
    eq(o.hi(), 'base 1!');
  },
  'direct eval sees locals, indirect only globals'(p) {
    const local = 4;
    p();
    eq([eval('local + 1'), (0, eval)('typeof local'), eval('let q = 2; q * local'), typeof q], [5, 'undefined', 8, 'undefined']);
    eq(eval('var fn = (n) => n <= 1 ? 1 : n * fn(n - 1); fn(5)'), 120);
  },
  'Function makes functions of text in the global scope'(p) {
    const local = 1;
    const add = new Function('a', 'b = 2', 'return a + b + (typeof local === "undefined" ? 0 : 100)');
    p();
    eq([add(1), add.length, add.name, local], [3, 1, 'anonymous', 1]);
    throws(() => new Function('return ('), SyntaxError);
    eq([...new (Object.getPrototypeOf(function* () {}).constructor)('yield 1; yield 2')()].join(), '1,2');
  },
  'functions compare, hoist and call themselves'(p) {
    eq(hoisted(3), 6);
    function hoisted(n) { p(); return n ? n + hoisted(n - 1) : 0; }
    const self = function me(n) { return n ? me(n - 1) : typeof me; };
    eq(self(3), 'function');
  },
  'calling what is no function'(p) {
    p();
    const e = throws(() => ({}).missing(), TypeError);
    eq(typeof e.message, 'string');
    throws(() => new (() => {})(), TypeError);
    throws(() => new ({ m() {} }).m(), TypeError);
  },
  'toString of functions does not throw'(p) {
    p();
    eq([typeof String(() => 1), /native code/.test(String(Math.max))], ['string', true]);
  },
  'currying with many frames'(p) {
    const curry = (f, ...a) => (a.length >= f.length ? f(...a) : (...b) => (p(), curry(f, ...a, ...b)));
    eq(curry((a, b, c, d) => a + b + c + d)(1)(2, 3)(4), 10);
  },
};
