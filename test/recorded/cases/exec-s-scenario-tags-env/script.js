import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
import { group } from 'k6';
const c = new Counter('my_c');
export const options = { scenarios: {
  one: { executor: 'shared-iterations', exec: 'f', env: { A: 'one' }, tags: { t1: 'one', t2: 'one' } },
  two: { executor: 'shared-iterations', exec: 'f', env: { B: '' }, tags: { t1: '' } } },
  thresholds: { 'my_c{scenario:one}': ['count==2'], 'my_c{t1:one,scenario:one}': ['count==2'], 'my_c{t2:one}': ['count==2'], 'iterations{scenario:two}': ['count==1'], 'my_c{t1:}': ['count==2'] } };
export function f() { console.log(exec.scenario.name, __ENV.A, `"${__ENV.B}"`, exec.vu.tags.t1, exec.vu.tags.t2); c.add(1); group('g', () => c.add(1, { own: 'x' })); }
