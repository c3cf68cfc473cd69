
import { Counter } from 'k6/metrics'; import { check } from 'k6';
const c = new Counter('cc');
export const options = { thresholds: { cc: ['count>0'] } };
export default function () { c.add(5); check(1, { a: true }); }
export function handleSummary(data) {
  const so = (v) => (Array.isArray(v) ? v.map(so) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, k === 'rate' && v.count ? 0 : so(v[k])])) : v);
  const say = (n, f) => { try { console.log(n, JSON.stringify(so(f()))); } catch (e) { console.log(n, e.name); } };
  say('keys', () => Object.keys(data).sort()); say('metrics', () => Object.keys(data.metrics).sort());
  say('cc', () => data.metrics.cc); say('checks', () => data.metrics.checks); say('opts', () => Object.keys(data.options).sort()); say('state', () => [Object.keys(data.state).sort(), data.state.isStdOutTTY, data.state.isStdErrTTY, typeof data.state.testRunDurationMs]);
  say('root', () => data.root_group && Object.keys(data.root_group).sort()); say('rootchecks', () => data.root_group.checks); say('groups', () => data.root_group.groups);
  delete data.metrics.vus; data.metrics.cc.values.count = 99; data.extra = 1;
  return { stdout: JSON.stringify(so(data.metrics.cc)) + '\n', 'out.json': JSON.stringify(Object.keys(data).sort()), 'sub/none.txt': 'x' };
}
