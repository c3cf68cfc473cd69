console.log('init', typeof __VU, typeof __ITER);
export const options = { iterations: 2, vus: 1 };
export function setup() { console.warn('setup', __VU, typeof __ITER, typeof __ENV); return { a: 1 }; }
export default function (d) { console.info('vu', __VU, __ITER, d.a); }
export function teardown(d) { console.error('teardown', __VU, typeof __ITER, d.a); }
export function handleSummary(d) { console.debug('not shown'); console.log('summary', __VU, typeof __ITER, typeof d, arguments.length); return {}; }
