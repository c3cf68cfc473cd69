
import exec from 'k6/execution';
import { group, check } from 'k6';
export const options = { iterations: 5 };
const W = __ENV.W;
if (W === 'initvu' && __VU > 0) exec.test.abort('in vu init');
export function setup() { if (W === 'setup') exec.test.abort(); return 1; }
export default async function () {
  if (W === 'promise') { Promise.resolve().then(() => exec.test.abort('job')); await null; console.log('not here?'); }
  if (W === 'check') check(1, { a: () => exec.test.abort('check') });
  if (W === 'group') group('g', () => exec.test.abort('group'));
  if (W === 'catch') { try { exec.test.abort('catch'); } catch (e) { console.log('caught', e); } finally { console.log('finally'); } }
  if (W === 'obj') exec.test.abort({ toString() { return 'objtext'; } });
  if (W === 'num') exec.test.abort(5);
  if (W === 'null') exec.test.abort(null);
  if (W === 'empty') exec.test.abort('');
  if (W === 'timer') { setTimeout(() => exec.test.abort('timer'), 5); await new Promise((r) => setTimeout(r, 500)); console.log('after'); }
  if (W === 'getter') { const o = { get x() { exec.test.abort('getter'); } }; JSON.stringify(o); }
  if (W === 'sort') [2, 1].sort(() => exec.test.abort('sort'));
  if (W === 'extracted') { const { abort } = exec.test; abort('ex'); }
}
export function teardown() { console.log('teardown'); if (W === 'teardown') exec.test.abort('td'); }
export function handleSummary(d) { console.log('summary', d.metrics.iterations ? d.metrics.iterations.values.count : 0); if (W === 'summary') exec.test.abort('hs'); return { stdout: 'S\n' }; }
