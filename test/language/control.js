// Loops, labels, exceptions, switch, scopes. p() gives the worker to others, anywhere.
import { eq, throws } from './_tools.js';

export default {
  'labelled continue and break leave the right loop'(p) {
    const seen = [];
    outer: for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        if (j === 1 && i < 2) { p(); continue outer; }
        if (i === 2 && j === 2) break outer;
        seen.push(`${i}${j}`);
      }
    }
    eq(seen.join(), '00,10,20,21');
  },
  'a labelled block is left by break'(p) {
    let n = 0;
    block: { n++; p(); if (n) break block; n = 9; }
    eq(n, 1);
  },
  'finally runs last and its return wins'(p) {
    const log = [];
    const f = () => { try { log.push('try'); p(); return 'a'; } finally { log.push('finally'); p(); return 'b'; } };
    eq(f(), 'b');
    eq(log, ['try', 'finally']);
  },
  'finally with continue swallows the exception'(p) {
    let n = 0;
    for (let i = 0; i < 3; i++) { try { throw i; } catch (e) { n += e; } finally { p(); continue; } }
    eq(n, 3);
  },
  'the value of a try is kept while finally runs'(p) {
    let x = 1;
    const f = () => { try { return x; } finally { x = 2; p(); } };
    eq([f(), x], [1, 2]);
  },
  'exceptions pass through nested finally blocks in order'(p) {
    const log = [];
    throws(() => {
      try { try { try { throw new RangeError('x'); } finally { log.push(1); p(); } } finally { log.push(2); } } finally { log.push(3); p(); }
    }, RangeError);
    eq(log, [1, 2, 3]);
  },
  'catch binding destructures and shadows'(p) {
    const e = 'outer';
    try { throw { a: 1, b: [2, 3] }; } catch ({ a, b: [, c] }) { p(); eq([a, c, e], [1, 3, 'outer']); }
  },
  'catch without binding'(p) {
    let n = 0;
    try { p(); null.x; } catch { n = 1; }
    eq(n, 1);
  },
  'let in loops makes a new binding each turn'(p) {
    const fs = [];
    for (let i = 0; i < 3; i++) { fs.push(() => i); p(); }
    eq(fs.map((f) => f()), [0, 1, 2]);
  },
  'var in loops is one binding'(p) {
    const fs = [];
    for (var i = 0; i < 3; i++) { fs.push(() => i); p(); }
    eq(fs.map((f) => f()), [3, 3, 3]);
  },
  'temporal dead zone'(p) {
    throws(() => { p(); x; let x = 1; return x; }, ReferenceError);
    throws(() => { const f = () => typeof y; p(); f(); const y = 1; return y; }, ReferenceError);
  },
  'switch compares strictly, falls through, default anywhere'(p) {
    const f = (v) => {
      const out = [];
      switch (v) { default: out.push('d'); case 1: p(); out.push(1); break; case '1': out.push('s'); case 2: out.push(2); }
      return out.join('');
    };
    eq([f(1), f('1'), f(2), f(null)], ['1', 's2', '2', 'd1']);
  },
  'switch has one scope for let'(p) {
    throws(() => { switch (1) { case 0: let z = 1; case 1: p(); z; } }, ReferenceError);
  },
  'do while and comma'(p) {
    let i = 0;
    do { i++; p(); } while (i < 3);
    eq((i++, i), 4);
  },
  'for of closes its iterator on break, return and throw'(p) {
    const closed = [];
    const it = (name) => ({ [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return() { p(); closed.push(name); return {}; } }) });
    for (const x of it('break')) { p(); if (x) break; }
    (() => { for (const x of it('return')) { p(); return x; } })();
    throws(() => { for (const x of it('throw')) throw new TypeError(String(x)); }, TypeError);
    eq(closed, ['break', 'return', 'throw']);
  },
  'for in takes what is there, own before inherited, once'(p) {
    const o = Object.create({ a: 1, c: 2 });
    o.b = 1; o.d = 2; o[1] = 3; o[0] = 4;
    const seen = [];
    for (const k in o) { p(); seen.push(k); if (k === 'b') delete o.d; }
    eq(seen.join(), '0,1,b,a,c');
  },
  'for in over strings and null'(p) {
    const seen = [];
    for (const k in 'ab') { p(); seen.push(k); }
    for (const k in null) seen.push(k);
    eq(seen.join(), '0,1');
  },
  'functions in blocks are block scoped in strict code'(p) {
    { function inner() { return 1; } p(); eq(inner(), 1); }
    eq(typeof inner, 'undefined');
  },
  'optional chaining stops and calls keep this'(p) {
    const o = { a: { f() { return this === o.a; } }, n: null };
    p();
    eq([o?.a?.f(), o.n?.x.y.z, o.q?.(), o.a?.['f'](), delete o?.n], [true, undefined, undefined, true, true]);
  },
  'nullish and logical assignment evaluate once'(p) {
    let reads = 0;
    const o = { get x() { reads++; p(); return null; }, set x(v) { this.y = v; } };
    o.x ??= 5;
    o.y &&= 7;
    o.z ||= (p(), 8);
    eq([o.y, o.z, reads, 0 ?? 1, '' || 'e'], [7, 8, 1, 0, 'e']);
  },
  'exponent, shifts, and integers'(p) {
    p();
    eq([2 ** 3 ** 2, (-2) ** 2, 1 << 33, -1 >>> 28, -5 >> 1, ~~-3.7, 5 % -3, -5 % 3], [512, 4, 2, 15, -3, -3, 2, -2]);
    eq(-4 % 4, -0);
  },
  'deep recursion throws a RangeError and everything goes on'(p) {
    const f = (n) => f(n + 1) + 1;
    throws(() => f(0), RangeError);
    p();
    eq([2, 1].sort().join(), '1,2');
  },
  'calls in tail position of every form'(p) {
    const id = (x) => (p(), x);
    const and = (x) => x && id(x);
    const cond = (x) => (x ? id(1) : id(2));
    const chain = (n) => (n === 0 ? 'end' : chain(n - 1));
    eq([and(0), and(3), cond(0), cond(1), chain(500)], [0, 3, 2, 1, 'end']);
  },
  'typeof and delete of what is not there'(p) {
    p();
    eq([typeof nowhere, typeof null, typeof Symbol(), typeof 1n, typeof class {}], ['undefined', 'object', 'symbol', 'bigint', 'function']);
  },
};
