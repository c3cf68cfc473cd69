//# out: ^only this: 3 iterations, checks 0\.5, a=3, p99 3, state number$
//# err: ^and this on standard error$
import { check, group } from 'k6';
import { Counter, Trend } from 'k6/metrics';
import { same } from './_expect.js';

const a = new Counter('aa');
const t = new Trend('tt');
export const options = { iterations: 3, summaryTrendStats: ['p(99)', 'max', 'count'], thresholds: { aa: ['count==3', 'count>5'], 'tt{k:v}': ['max<5'] } };
//# exit: 99
//# err: level=error msg="thresholds on metrics .aa. have been crossed"
export function setup() {
  return { from: 'setup' };
}
export default function () {
  a.add(1);
  t.add(__ITER + 1, { k: 'v' });
  group('outer', () => group('inner', () => check(1, { yes: true, no: false })));
}
export function handleSummary(data) {
  const m = data.metrics;
  same('thresholds', [m.aa.thresholds, m['tt{k:v}'].thresholds], [{ 'count==3': { ok: true }, 'count>5': { ok: false } }, { 'max<5': { ok: true } }]);
  same('trend', [m.tt.type, m.tt.contains, Object.keys(m.tt.values).sort()], ['trend', 'default', ['count', 'max', 'p(99)']]);
  same('groups', data.root_group.groups[0].groups[0].checks.map((c) => [c.name, c.path, c.passes, c.fails]), [['yes', '::outer::inner::yes', 3, 0], ['no', '::outer::inner::no', 0, 3]]);
  same('setup data', data.setup_data, { from: 'setup' });
  return {
    stdout: `only this: ${m.iterations.values.count} iterations, checks ${m.checks.values.rate}, a=${m.aa.values.count}, p99 ${Math.round(m.tt.values['p(99)'])}, state ${typeof data.state.testRunDurationMs}\n`,
    stderr: 'and this on standard error\n',
    [`${__ENV.TMP}/summary.bin`]: new Uint8Array([1, 2, 3]).buffer,
  };
}
