const V = [
  () => NaN, () => ({ a: Infinity }), () => () => 1, () => ({ f() {} }), () => { const o = {}; o.o = o; return o; }, () => [Symbol('a')], () => ({ toJSON() { return 'x'; } }),
];
export function setup() { return V[__ENV.W](); }
export default function (d) { console.log(typeof d, JSON.stringify(d)); }
export function teardown(d) { console.log('t', typeof d, JSON.stringify(d)); }
export function handleSummary(d) { console.log('s', JSON.stringify(d.setup_data)); return {}; }
