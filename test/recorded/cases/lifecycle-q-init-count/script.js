export const options = { vus: 2, iterations: 2 };
console.log('init', __VU, typeof __ITER);
export function setup() { console.log('setup'); }
export default function () { }
export function teardown(d) { console.log('teardown', d); }
