
const V = { u: undefined, n: null, f: () => 1, s: 'text', e: '', z: 0, nan: NaN, b: false, a: [1, , 3], o: { a: undefined, f() {} , n: null }, d: new Date(0), re: /x/, map: new Map([['a', 1]]), set: new Set([1]), ta: new Uint8Array([1, 2]), ab: new Uint8Array([1, 2]).buffer, sym: 5, nested: { a: { b: { c: [1, { d: 2 }] } } }, big: 1e21, neg: -0, uni: '\u2028\ud83d\ude00<>&', cls: new (class A { constructor() { this.x = 1; } get y() { return 2; } })(), err: new Error('x'), box: new String('q'), prom: Promise.resolve({ p: 1 }), toj: { toJSON() { return 'tj'; } } };
export function setup() { return V[__ENV.W]; }
export default function (d) { console.log(typeof d, JSON.stringify(d), d === null, Array.isArray(d)); if (d && typeof d === 'object') { d.changed = 1; } }
export function teardown(d) { console.log('td', typeof d, JSON.stringify(d)); }
