import exec from 'k6/execution';
const W = __ENV.W;
export const options = { vus: 3, iterations: 3 };
globalThis.n = (globalThis.n || 0) + 1;
if (W === 'third' && __VU === 3) throw new Error('third');
if (W === 'async' && __VU === 2) await Promise.reject(new Error('second'));
export function setup() { console.log('setup'); return 1; }
export default function () { }
export function teardown(d) { console.log('teardown', d); }
export function handleSummary(d) { console.log('summary', Object.keys(d.metrics).sort().join()); return { stdout: 'S\n' }; }
