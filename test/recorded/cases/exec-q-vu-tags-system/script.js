import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
import { group, check } from 'k6';
const c = new Counter('cc');
export const options = { scenarios: { s: { executor: 'per-vu-iterations', iterations: 2, tags: { own: 'x', scenario: 'mine', group: 'g' } }, t: { executor: 'shared-iterations', startTime: '1s' } }, tags: { run: 'r' } };
const show = () => JSON.stringify(Object.entries(exec.vu.metrics.tags).sort());
export default function () {
  console.log(exec.scenario.name, __ITER, show());
  exec.vu.metrics.tags.scenario = 'other' + __ITER;
  exec.vu.metrics.tags.run = 'changed';
  c.add(1);
  group('a', () => {
    console.log(show());
    exec.vu.metrics.tags.group = 'mygroup';
    c.add(1);
    exec.vu.metrics.tags.inner = 'yes';
    group('b', () => { console.log(show()); c.add(1); check(1, { ok: true }); });
    console.log(show());
    delete exec.vu.metrics.tags.group;
    c.add(1);
    group('d', () => { console.log(show()); c.add(1); });
    console.log(show());
  });
  console.log(show());
  delete exec.vu.metrics.tags.scenario;
  exec.vu.metrics.metadata.m = 'meta' + __ITER;
  c.add(1, { group: 'forced', m: 'tagm' });
}
