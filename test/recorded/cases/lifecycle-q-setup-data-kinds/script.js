class P { constructor() { this.a = 1; } get b() { return 2; } m() {} }
const V = [
  () => undefined, () => null, () => 0, () => '', () => false, () => 'text "q" \u2028 <&> ä 😀', () => [1, , 3], () => ({ z: 1, a: 2, m: { y: 1, x: 2 } }),
  () => new P(), () => 1e21, () => 1e-7, () => 123456789012345680000, () => -0, () => 5n, () => Symbol('x'), () => new Date(1e12), () => [undefined, null, [[]]],
  () => ({ u: undefined, n: null, f: 1.10 }), () => new Uint8Array([1, 2, 255]), () => new ArrayBuffer(3), () => Promise.resolve({ p: 1 }), () => new Float32Array([1.5]), () => Object.create({ inherited: 1 }), () => ({ 1: 'one', b: 'bee', 0: 'zero', 'with.dot': 1 }),
];
const sorted = (v) => v !== null && typeof v === 'object' && !Array.isArray(v) ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sorted(v[k])])) : v;
export function setup() { return V[__ENV.W](); }
export default function (d) { console.log(typeof d, JSON.stringify(sorted(d)), d instanceof Object, Array.isArray(d)); }
export function teardown(d) { console.log('t', typeof d, JSON.stringify(sorted(d))); }
export function handleSummary(d) { console.log('s', 'setup_data' in d, typeof d.setup_data, JSON.stringify(sorted(d.setup_data))); return {}; }
