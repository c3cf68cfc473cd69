// Classes: fields, private members, statics, inheritance, built-ins as bases.
import { eq, throws } from './_tools.js';

export default {
  'private fields, methods, accessors, statics'(p) {
    class A {
      #n = (p(), 1);
      static #made = 0;
      static { A.#made = 10; p(); }
      #double() { return this.#n * 2; }
      get #both() { return [this.#n, this.#double()]; }
      set #both(v) { this.#n = v; }
      constructor() { A.#made++; }
      read() { this.#both = 4; return [...this.#both, A.#made]; }
      static has(o) { return #n in o; }
    }
    const a = new A();
    eq(a.read(), [4, 8, 11]);
    eq([A.has(a), A.has({}), Object.keys(a).length], [true, false, 0]);
    throws(() => A.prototype.read.call({}), TypeError);
  },
  'private names are per class evaluation'(p) {
    const make = () => class { #x = 1; static read(o) { return o.#x; } };
    const A = make(), B = make();
    p();
    eq(A.read(new A()), 1);
    throws(() => A.read(new B()), TypeError);
  },
  'fields come in order, before the rest of the constructor'(p) {
    const log = [];
    class A { a = log.push('a'); constructor() { log.push('A'); } }
    class B extends A { b = (p(), log.push('b')); constructor() { log.push('before'); super(); log.push('after'); } ['c' + 1] = log.push('c1'); }
    new B();
    eq(log.join(), 'before,a,A,b,c1,after');
  },
  'this before super throws, forgetting super throws'(p) {
    p();
    throws(() => new (class extends Object { constructor() { this.x = 1; super(); } })(), ReferenceError);
    throws(() => new (class extends Object { constructor() {} })(), ReferenceError);
  },
  'super calls, properties and static inheritance'(p) {
    class A { static s() { return `A${this.t}`; } m() { return `m${this.v}`; } get g() { return 1; } }
    class B extends A { static t = 5; v = 2; static s() { p(); return `${super.s()}B`; } m() { const f = () => super.m(); return `${f()}!`; } get g() { return super.g + 1; } }
    eq([B.s(), new B().m(), new B().g, Object.getPrototypeOf(B) === A], ['A5B', 'm2!', 2, true]);
  },
  'constructors may return another object'(p) {
    class A { constructor() { p(); return { other: true }; } }
    class B extends A { x = 1; }
    const b = new B();
    eq([b.other, b.x, b instanceof B], [true, 1, false]);
  },
  'extending Array keeps length and species'(p) {
    class L extends Array { sum() { return this.reduce((a, b) => (p(), a + b), 0); } }
    const l = L.from([1, 2, 3]);
    l[5] = 4;
    eq([l.length, l.filter((x) => x > 1).sum(), l.map((x) => x) instanceof L, Array.isArray(l), new L(3).length], [6, 9, true, true, 3]);
    class N extends Array { static get [Symbol.species]() { p(); return Array; } }
    eq(N.of(1, 2).map((x) => x) instanceof N, false);
  },
  'extending Error, Map, Promise, Function, RegExp'(p) {
    class E extends TypeError { constructor(m) { super(m); this.name = 'E'; } }
    const e = new E('x');
    p();
    eq([e instanceof E, e instanceof TypeError, String(e), typeof e.stack], [true, true, 'E: x', 'string']);
    class M extends Map { get(k) { return super.get(k) ?? 'none'; } }
    eq([new M([[1, 2]]).get(1), new M().get(1), new M([[1, 2]]).size], [2, 'none', 1]);
    class R extends RegExp { exec(s) { p(); const m = super.exec(s); if (m) m[0] = m[0].toUpperCase(); return m; } }
    eq('abab'.replace(new R('b', 'g'), '<$&>'), 'a<B>a<B>');
    class F extends Function { twice() { return this() * 2; } }
    eq(new F('return 4').twice(), 8);
  },
  'instanceof goes by prototype and Symbol.hasInstance'(p) {
    class Even { static [Symbol.hasInstance](n) { p(); return n % 2 === 0; } }
    eq([2 instanceof Even, 3 instanceof Even], [true, false]);
    function F() {}
    const f = new F();
    F.prototype = {};
    eq([f instanceof F, new F() instanceof F], [false, true]);
  },
  'accessors on classes are not enumerable, fields are'(p) {
    class A { f = 1; get g() { return 2; } m() {} static s = 3; }
    p();
    eq([Object.keys(new A()).join(), JSON.stringify(new A()), Object.keys(A).join(), Object.getOwnPropertyNames(A.prototype).join()], ['f', '{"f":1}', 's', 'constructor,g,m']);
  },
  'classes can not be called and are in the dead zone'(p) {
    class A {}
    p();
    throws(() => A(), TypeError);
    throws(() => { new B(); class B {} }, ReferenceError);
    throws(() => { class C extends C {} }, ReferenceError);
  },
  'mixins and generated classes'(p) {
    const Named = (Base) => class extends Base { get n() { p(); return `n${super.id?.() ?? ''}`; } };
    class Id { id() { return 7; } }
    eq([new (Named(Id))().n, new (Named(Object))().n], ['n7', 'n']);
  },
  'static blocks see this and private names'(p) {
    let leaked;
    class A { static #k = 1; static x = this; static { leaked = () => this.#k; p(); } }
    eq([leaked(), A.x === A], [1, true]);
  },
  'getters on the instance shadow, prototypes can change'(p) {
    class A { v() { return 'A'; } }
    class B { v() { return 'B'; } }
    const o = new A();
    eq(o.v(), 'A');
    p();
    Object.setPrototypeOf(o, B.prototype);
    eq([o.v(), o instanceof B], ['B', true]);
    B.prototype.v = () => 'changed';
    eq(o.v(), 'changed');
  },
  'Reflect.construct reads the prototype of newTarget'(p) {
    let reads = 0;
    const target = new Proxy(function () {}, { get(t, k, r) { if (k === 'prototype') { reads++; p(); } return Reflect.get(t, k, r); } });
    const made = Reflect.construct(Map, [], target);
    Map.prototype.set.call(made, 1, 2);
    eq([reads, Map.prototype.get.call(made, 1), made instanceof Map], [1, 2, false]);
  },
};
