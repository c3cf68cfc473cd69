
import exec from 'k6/execution';
let made = __VU; const seen = [];
export const options = { vus: 4, iterations: 8 };
seen.push(__VU);
export function setup() { console.log('setup vu', __VU, made, seen.length); return __VU; }
export default function (d) { seen.push(__ITER); if (made !== __VU || seen[0] !== __VU) console.log('bad'); if (d !== 0) console.log('data', d); if (exec.vu.idInTest !== __VU) console.log('bad id'); }
export function teardown(d) { console.log('td', __VU, made, d, seen.length); }
export function handleSummary() { console.log('hs', __VU, made, seen.length); return {}; }
