// Generators, iterators, iterator helpers.
import { eq, throws } from './_tools.js';

function* count(p, n) { for (let i = 0; i < n; i++) { p(); const got = yield i; if (got !== undefined) i = got; } return 'end'; }

export default {
  'values go in and out'(p) {
    const g = count(p, 5);
    eq([g.next().value, g.next(2).value, g.next().value], [0, 3, 4]);
    const last = g.next();
    eq([last.value, last.done, g.next().value], ['end', true, undefined]);
  },
  'return and throw run finally'(p) {
    const log = [];
    function* g() { try { yield 1; yield 2; } catch (e) { log.push(e); yield 'caught'; } finally { p(); log.push('f'); } }
    const a = g();
    a.next();
    eq([a.return(5).value, a.next().done], [5, true]);
    const b = g();
    b.next();
    eq([b.throw('x').value, b.next().done], ['caught', true]);
    eq(log.join(), 'f,x,f');
    const c = g();
    throws(() => c.throw(new RangeError('early')), RangeError);
  },
  'yield in finally answers return'(p) {
    function* g() { try { yield 1; } finally { p(); yield 2; } }
    const a = g();
    a.next();
    eq([a.return(9).value, a.next().value, a.next().done], [2, 9, true]);
  },
  'delegation passes everything on'(p) {
    const log = [];
    function* inner() { try { log.push(yield 'i1'); } finally { log.push('fin'); } return 'ret'; }
    function* outer() { p(); const r = yield* inner(); log.push(r); yield* [1, 2]; yield* 'z'; }
    const g = outer();
    eq([g.next().value, g.next('sent').value, [...g].join()], ['i1', 1, '2,z']);
    eq(log.join(), 'sent,fin,ret');
    const h = outer();
    h.next();
    h.return('r');
    eq(log.join(), 'sent,fin,ret,fin');
  },
  'a running generator can not be entered'(p) {
    let g;
    function* f() { p(); throws(() => g.next(), TypeError); yield 1; }
    g = f();
    eq(g.next().value, 1);
  },
  'generator methods, computed, in classes'(p) {
    class T { constructor(v, l, r) { Object.assign(this, { v, l, r }); } *[Symbol.iterator]() { if (this.l) yield* this.l; p(); yield this.v; if (this.r) yield* this.r; } }
    eq([...new T(2, new T(1), new T(4, new T(3)))].join(), '1,2,3,4');
  },
  'endless generators stop when the consumer does'(p) {
    let closed = false;
    function* nat() { try { for (let i = 0; ; i++) yield i; } finally { p(); closed = true; } }
    const [a, b, c] = nat();
    eq([a, b, c, closed], [0, 1, 2, true]);
  },
  'arguments and this stay with a suspended generator'(p) {
    const o = { k: 'v', *g(a) { yield this.k; p(); yield arguments.length; yield a; } };
    eq([...o.g(1, 2)].join(), 'v,2,1');
  },
  'locals captured by closures live on in a generator'(p) {
    function* g() { let n = 0; const up = () => ++n; yield up; p(); yield () => n; }
    const it = g();
    const up = it.next().value;
    up(); up();
    eq(it.next().value(), 2);
  },
  'spread, Array.from, Map and Set take iterables'(p) {
    const it = () => count(p, 3);
    eq([[...it()].join(), Array.from(it(), (x) => x * 2).join(), new Set(it()).size, Math.max(...it())], ['0,1,2', '0,2,4', 3, 2]);
    eq(Object.fromEntries((function* () { yield ['a', 1]; p(); yield ['b', 2]; })()).b, 2);
  },
  'iterator helpers are lazy and close what they take'(p) {
    const log = [];
    function* src() { try { for (let i = 0; i < 9; i++) { log.push(i); yield i; } } finally { log.push('c'); } }
    eq(src().filter((x) => (p(), x % 2)).map((x) => x * 10).take(2).toArray(), [10, 30]);
    eq(log.join(), '0,1,2,3,c');
    eq(src().drop(7).toArray(), [7, 8]);
    eq(src().flatMap((x) => [x, x]).some((x) => x === 2), true);
    eq([src().reduce((a, b) => a + b), src().find((x) => x > 3), src().every((x) => x < 5)], [36, 4, false]);
    const seen = [];
    Iterator.from([1, 2]).forEach((x) => seen.push(x));
    eq(seen, [1, 2]);
  },
  'iterator helpers check their callbacks at once'(p) {
    p();
    throws(() => [].values().map(1), TypeError);
    throws(() => [1].values().take(-1), RangeError);
  },
  'array iterators see what is added'(p) {
    const a = [1, 2];
    const out = [];
    for (const x of a) { p(); out.push(x); if (a.length < 4) a.push(x * 10); }
    eq(out, [1, 2, 10, 20]);
  },
  'map iterators survive deletions'(p) {
    const m = new Map([[1, 1], [2, 2], [3, 3]]);
    const out = [];
    for (const [k] of m) { p(); out.push(k); m.delete(k); if (k === 1) { m.delete(2); m.set(4, 4); } }
    eq([out.join(), m.size], ['1,3,4', 0]);
  },
  'entries, keys and string iterators'(p) {
    p();
    eq([[...['a', 'b'].entries()].join(';'), [...'x😀y'].length, [...[, 1].keys()].join()], ['0,a;1,b', 3, '0,1']);
    eq(Object.prototype.toString.call([][Symbol.iterator]()), '[object Array Iterator]');
  },
};
