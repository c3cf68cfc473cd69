import exec from 'k6/execution';
import { check, group } from 'k6';
const W = __ENV.W;
if (W === 'init1') exec.test.abort();
if (W === 'initvu' && __VU === 1) exec.test.abort('from init of vu');
export function setup() { console.log('setup'); if (W === 'setup') exec.test.abort('from setup'); return 5; }
export default function (d) {
  console.log('default', d);
  if (W === 'default') exec.test.abort('from default');
  if (W === 'check') check(1, { c: () => exec.test.abort('from check') });
  if (W === 'group') group('g', () => exec.test.abort('from group'));
  if (W === 'timer') { setTimeout(() => { exec.test.abort('from timer'); }, 10); setTimeout(() => console.log('later'), 300); }
  if (W === 'promise') return Promise.resolve().then(() => exec.test.abort('from promise')).catch((e) => console.log('caught', e)).finally(() => console.log('finally'));
  if (W === 'catch') { try { exec.test.abort({ a: 1 }); } catch (e) { console.log('caught'); } finally { console.log('finally'); } console.log('after'); }
}
export function teardown(d) { console.log('teardown', d); if (W === 'teardown') exec.test.abort('from teardown'); console.log('end of teardown'); }
export function handleSummary(d) { console.log('summary'); if (W === 'summary') exec.test.abort('from summary'); return { stdout: 'text\n' }; }
