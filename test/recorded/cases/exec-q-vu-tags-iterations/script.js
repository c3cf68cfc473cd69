import exec from 'k6/execution';
import { group } from 'k6';
export const options = { scenarios: {
  a: { executor: 'per-vu-iterations', iterations: 3, exec: 'f' },
  b: { executor: 'per-vu-iterations', iterations: 2, exec: 'f', startTime: '1s' } }, systemTags: ['group', 'vu', 'iter', 'scenario'] };
export function f() {
  console.log(exec.scenario.name, __ITER, JSON.stringify(Object.entries(exec.vu.metrics.tags).sort()), JSON.stringify(Object.entries(exec.vu.metrics.metadata).filter(([k]) => k !== 'vu').sort()), 'vu' in exec.vu.metrics.metadata);
  exec.vu.metrics.tags['i' + __ITER] = String(__ITER);
  exec.vu.metrics.metadata['m' + __ITER] = String(__ITER);
  delete exec.vu.metrics.metadata.vu;
  if (__ITER === 1) group('g', () => { throw new Error('in group'); });
  if (__ITER === 3) group('h', () => { exec.vu.metrics.metadata.iter = 'own'; });
}
