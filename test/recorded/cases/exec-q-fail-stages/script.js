import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
const W = __ENV.W;
const c = new Counter('cc');
export const options = { thresholds: W === 'threshold' ? { cc: ['count>5'] } : {} };
if (W === 'init') try { exec.test.fail('from init'); } catch (e) { console.log(e.name, e.message); }
export function setup() { if (W === 'setup') exec.test.fail('from setup'); if (W === 'throw') { exec.test.fail('first'); throw new Error('then'); } }
export default function (d) {
  if (W === 'default') console.log(exec.test.fail('from default'));
  if (W === 'nomsg') exec.test.fail();
  if (W === 'kinds') { exec.test.fail(null); exec.test.fail(undefined); exec.test.fail(3); exec.test.fail({ a: 1 }); exec.test.fail([1, 2]); exec.test.fail(''); exec.test.fail(new Error('e')); }
  if (W === 'abort') { exec.test.fail('failing'); exec.test.abort('aborting'); }
  if (W === 'threshold') { exec.test.fail('failing'); c.add(1); }
}
export function teardown(d) { if (W === 'teardown') exec.test.fail('from teardown'); }
export function handleSummary(d) { if (W === 'summary') exec.test.fail('from summary'); return { stdout: 'text\n' }; }
