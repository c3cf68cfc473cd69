import exec from 'k6/execution';
import { fail } from 'k6';
const W = __ENV.W;
export const options = { thresholds: W === 'threshold' ? { iterations: ['count>5'] } : {} };
if (W === 'initvu' && __VU > 0) throw new Error('init of VU');
export function setup() { console.log('setup'); if (W === 'setupabort') exec.test.abort(); return 1; }
export default function () { console.log('default'); if (W === 'throw') throw new Error('x'); if (W === 'abort') exec.test.abort('why'); if (W === 'fail') fail('f'); if (W === 'rejects') return Promise.reject(1); }
export function teardown(d) { console.log('teardown', d); if (W === 'teardownabortafter') exec.test.abort('late'); }
export function handleSummary(d) { console.log('summary', Object.keys(d.metrics).sort().join()); return { stdout: 'S\n' }; }
