// Arrays, typed arrays, collections, weak things.
import { eq, throws } from './_tools.js';

export default {
  'sort is stable, by text, holes last'(p) {
    const l = Array.from({ length: 40 }, (_, i) => ({ k: i % 3, i }));
    l.sort((a, b) => { if (a.i % 7 === 0) p(); return a.k - b.k; });
    for (let i = 1; i < l.length; i++) eq(l[i - 1].k < l[i].k || (l[i - 1].k === l[i].k && l[i - 1].i < l[i].i), true, `at ${i}`);
    eq([[10, 9, 1].sort().join(), [3, undefined, , 1].sort().length, JSON.stringify([3, undefined, 1].sort()), ['b', , 'a'].sort().join()], ['1,10,9', 4, '[1,3,null]', 'a,b,']);
    throws(() => [1, 2].sort(1), TypeError);
  },
  'a comparator that throws leaves a list of the same things'(p) {
    const l = [3, 1, 2];
    throws(() => l.sort(() => { p(); throw new RangeError('no'); }), RangeError);
    eq([...l].sort().join(), '1,2,3');
  },
  'sort while the list changes'(p) {
    const l = [5, 4, 3, 2, 1];
    l.sort((a, b) => { p(); if (l.length < 8) l.push(0); return a - b; });
    eq(l.slice(0, 5).join(), '1,2,3,4,5');
  },
  'holes and length'(p) {
    const a = [1, , 3];
    a[5] = 6;
    p();
    eq([a.length, 1 in a, a.indexOf(undefined), a.includes(undefined), a.flat().length, Object.keys(a).join()], [6, false, -1, true, 3, '0,2,5']);
    a.length = 1;
    eq([a.length, a[2], JSON.stringify([, 1])], [1, undefined, '[null,1]']);
    throws(() => { a.length = -1; }, RangeError);
    const seen = [];
    [1, , 2].forEach((x) => { p(); seen.push(x); });
    eq(seen.join(), '1,2');
  },
  'splice, copyWithin, fill, with, toSpliced'(p) {
    const a = [1, 2, 3, 4, 5];
    p();
    eq([a.splice(1, 2, 'x', 'y', 'z').join(), a.join(), a.copyWithin(0, 3).join(), [0, 0, 0].fill(7, 1, -1).join(), [1, 2].with(-1, 9).join(), [1, 2, 3].toSpliced(1, 1).join(), [3, 1].toSorted().join(), [1, 2].toReversed().join()], ['2,3', '1,x,y,z,4,5', 'z,4,5,z,4,5', '0,7,0', '1,9', '1,3', '1,3', '2,1']);
    throws(() => [].with(0, 1), RangeError);
  },
  'callbacks see later changes, not later elements'(p) {
    const a = [1, 2, 3];
    const seen = a.map((x, i) => { p(); if (i === 0) { a[1] = 20; a.push(4); } return x; });
    eq([seen.join(), a.length], ['1,20,3', 4]);
    eq([[1, 2, 3, 4].findLast((x) => (p(), x % 2)), [1, 2, 3].findLastIndex((x) => x === 9), [[1, [2, [3]]]].flat(Infinity).join(), [1, 2].flatMap((x) => [x, [x]]).length], [3, -1, '1,2,3', 4]);
  },
  'reduce from both sides'(p) {
    eq([[1, 2, 3].reduce((a, x) => (p(), `${a}${x}`)), [1, 2, 3].reduceRight((a, x) => `${a}${x}`, '')], ['123', '321']);
    throws(() => [].reduce((a) => a), TypeError);
  },
  'array likes and generic methods'(p) {
    const like = { length: 3, 0: 'a', 2: 'c' };
    p();
    eq([Array.prototype.map.call(like, (x) => x).length, Array.from(like, String).join(), Array.prototype.join.call(like, '-'), Array.of(7).length, Array.prototype.concat.call(1, [2]).length], [3, 'a,undefined,c', 'a--c', 1, 2]);
    Array.prototype.push.call(like, 'd');
    eq([like.length, like[3]], [4, 'd']);
  },
  'big lists grow and shrink'(p) {
    const a = [];
    for (let i = 0; i < 3000; i++) { a.push(i); if (i % 1000 === 0) p(); }
    while (a.length > 10) a.pop();
    a.unshift(-1);
    eq([a.length, a[0], a.shift(), a.reverse()[0], a.lastIndexOf(3)], [11, -1, -1, 9, 6]);
  },
  'typed arrays wrap, clamp, view one buffer'(p) {
    const buf = new ArrayBuffer(8);
    const u8 = new Uint8Array(buf), f64 = new Float64Array(buf), dv = new DataView(buf);
    f64[0] = 1;
    p();
    eq([u8[7], u8[6], dv.getFloat64(0, true), dv.getUint16(6, true), dv.getUint16(6)], [63, 240, 1, 16368, 61503]);
    eq([new Uint8Array([257, -1, 1.9])[0], new Uint8ClampedArray([300, -5, 1.5]).join(), new Int8Array([200])[0], new Uint16Array([65537])[0], new Float32Array([0.1])[0] === 0.1], [1, '255,0,2', -56, 1, false]);
    const sub = u8.subarray(2, 4);
    sub[0] = 99;
    eq([u8[2], sub.byteOffset, sub.length, u8.slice(2, 4).buffer === buf, u8[100], 'x' in u8], [99, 2, 2, false, undefined, false]);
    u8.set([5, 6], 6);
    eq(u8.at(-1), 6);
    throws(() => u8.set([1, 2, 3], 6), RangeError);
    throws(() => new Uint16Array(buf, 1), RangeError);
  },
  'typed arrays sort, search, convert'(p) {
    eq([new Float64Array([3, NaN, -0, 0, -1]).sort().join(), new Int16Array([3, 1, 2]).sort((a, b) => (p(), b - a)).join(), Uint8Array.from([1, 2], (x) => x * 2).join(), new Uint8Array([1, 2]).map((x) => x + 255).join(), new Uint8Array([1, NaN]).includes(NaN)], ['-1,0,0,3,NaN', '3,2,1', '2,4', '0,1', false]);
    eq([new BigInt64Array([-1n])[0], new BigUint64Array(new BigInt64Array([-1n]).buffer)[0]], [-1n, 18446744073709551615n]);
    throws(() => { new BigInt64Array(1)[0] = 1; }, TypeError);
  },
  'buffers resize, move and die'(p) {
    const b = new ArrayBuffer(4, { maxByteLength: 16 });
    const v = new Uint8Array(b);
    b.resize(8);
    p();
    eq([v.length, b.resizable, b.maxByteLength], [8, true, 16]);
    const c = b.transfer();
    eq([b.detached, b.byteLength, v.length, c.byteLength], [true, 0, 0, 8]);
    throws(() => b.slice(0), TypeError);
    eq(v[0], undefined);
  },
  'typed array callbacks that detach'(p) {
    const b = new ArrayBuffer(8);
    const v = new Uint8Array(b).fill(1);
    const out = [];
    v.forEach((x, i) => { p(); out.push(x); if (i === 2) b.transfer(); });
    eq(out.join(), '1,1,1,,,,,');
  },
  'Map and Set keep order, know NaN and -0'(p) {
    const m = new Map([[NaN, 'n'], [0, 'z']]);
    m.set(-0, 'again').set('k', 1).delete('k');
    p();
    m.set('k', 2);
    eq([m.get(NaN), m.get(0), [...m.keys()].join(), Object.is([...m.keys()][1], 0)], ['n', 'again', 'NaN,0,k', true]);
    const s = new Set([1, 1, 2]);
    const seen = [];
    s.forEach((v, k, all) => { p(); seen.push(v); if (v < 5) all.add(v + 3); });
    eq(seen.join(), '1,2,4,5,7');
  },
  'set algebra'(p) {
    const a = new Set([1, 2, 3]), b = new Set([2, 3, 4]);
    p();
    eq([[...a.union(b)].join(), [...a.intersection(b)].join(), [...a.difference(b)].join(), [...a.symmetricDifference(b)].join(), a.isSubsetOf(new Set([1, 2, 3, 4])), a.isDisjointFrom(new Set([9]))], ['1,2,3,4', '2,3', '1', '1,4', true, true]);
  },
  'Map with many keys of many kinds'(p) {
    const m = new Map();
    const objs = Array.from({ length: 100 }, (_, i) => ({ i }));
    objs.forEach((o, i) => { m.set(o, i).set(`s${i}`, i).set(i, i).set(BigInt(i), i); if (i % 40 === 0) p(); });
    eq([m.size, m.get(objs[50]), m.get('s50'), m.get(50n), m.has({ i: 1 })], [400, 50, 50, 50, false]);
    objs.slice(0, 50).forEach((o) => m.delete(o));
    eq(m.size, 350);
  },
  'WeakMap, WeakSet, WeakRef hold what is reachable'(p) {
    const key = {}, w = new WeakMap([[key, 'v']]), s = new WeakSet([key]), r = new WeakRef(key);
    p();
    for (let i = 0; i < 200; i++) { w.set({}, i); s.add({ i }); }
    p();
    eq([w.get(key), s.has(key), r.deref() === key, w.has({})], ['v', true, true, false]);
    throws(() => w.set(1, 1), TypeError);
    throws(() => new WeakRef('x'), TypeError);
    eq(w.delete(key), true);
  },
  'FinalizationRegistry takes and forgets'(p) {
    const reg = new FinalizationRegistry(() => { p(); });
    const token = {}, kept = Array.from({ length: 50 }, (_, i) => ({ i }));
    kept.forEach((o) => reg.register(o, o.i, token));
    p();
    eq([kept.length, reg.unregister(token), reg.unregister(token)], [50, true, false]);
    for (let i = 0; i < 50; i++) { const ring = { i }; ring.ring = ring; reg.register(ring, i); }
    throws(() => reg.register(1), TypeError);
  },
  'rings of garbage'(p) {
    let keep = null;
    for (let i = 0; i < 300; i++) { const o = { i, l: new Array(5).fill(i) }; o.self = o; o.f = () => o; if (i === 150) { keep = o; p(); } }
    eq([keep.self.f().i, keep.l.length], [150, 5]);
  },
};
