
import exec from 'k6/execution';
const say = (p) => console.log(p, typeof __VU, typeof __ITER, typeof __ENV.A, __ENV.A);
say('init'); __ENV.A = 'changed' + __VU;
export function setup() { say('setup'); __ENV.B = 'b'; }
export default function () { say('default'); console.log(__ENV.B, delete __ENV.A, __ENV.A, Object.keys(__ENV).filter((k) => k.length < 3).sort().join()); try { __VU = 7; console.log('vu set', __VU); } catch (e) { console.log('vu', e.name); } try { __ITER = 9; console.log('iter set', __ITER); } catch (e) { console.log('iter', e.name); } }
export function teardown() { say('teardown'); }
export function handleSummary() { say('hs'); return {}; }
export const options = { iterations: 2 };
