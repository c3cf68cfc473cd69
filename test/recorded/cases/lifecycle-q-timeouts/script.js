import { sleep } from 'k6';
export const options = { setupTimeout: '500ms', teardownTimeout: 500, handleSummaryTimeout: '0.5s' };
const go = (w) => { if (w !== __ENV.W) return; switch (__ENV.H) { case 'sleep': sleep(1.5); break; case 'loop': { const t = Date.now(); while (Date.now() - t < 1500); break; } case 'timer': return new Promise((r) => setTimeout(r, 1500)); } console.log('after'); };
export function setup() { return go('setup'); }
export default function () { console.log('default'); }
export function teardown() { return go('teardown'); }
export function handleSummary() { const p = go('summary'); console.log('sum'); return p || { stdout: 'S\n' }; }
