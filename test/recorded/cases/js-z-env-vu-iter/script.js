const s = (w) => console.log(w, typeof __ENV, __ENV.A, JSON.stringify(__ENV.EMPTY), __ENV.UNI, __ENV.NOPE, typeof __VU, typeof __ITER, Object.keys(__ENV).includes('A'), 'NOPE' in __ENV);
s('init'); if (__VU === 0) { __ENV.SET = '5'; } else { __ENV.SET = 'in vu'; __ENV.A = 'changed'; delete __ENV.UNI; }
export const options = { vus: 1, iterations: 2 };
export function setup() { s('setup'); console.log(__ENV.SET, typeof __ENV.SET); }
export default function () { s('vu'); console.log(__VU, __ITER, __ENV.SET, typeof __ENV.SET, typeof __ENV.A); try { __VU = 9; console.log('wrote', __VU); } catch (e) { console.log(e.name); } try { __ENV = {}; console.log('wrote env', typeof __ENV.A); } catch (e) { console.log(e.name); } try { __ITER = 'x'; console.log('wrote iter', __ITER); } catch (e) { console.log(e.name); } }
export function teardown() { s('teardown'); }
export function handleSummary() { s('summary'); return {}; }
