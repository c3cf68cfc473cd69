import exec from 'k6/execution';
__ENV.FROM_INIT = 'i' + __VU;
const kept = __ENV;
export const options = { scenarios: {
  a: { executor: 'per-vu-iterations', iterations: 2, exec: 'f', env: { S: 'a', A: '1' } },
  b: { executor: 'per-vu-iterations', iterations: 1, exec: 'f', env: { S: 'b' }, startTime: '1s' },
  c: { executor: 'per-vu-iterations', iterations: 1, exec: 'f', startTime: '2s' } } };
export function setup() { console.log('setup', __ENV.FLAG, __ENV.S, __ENV.A, __ENV.FROM_INIT); __ENV.SET = 'setup'; }
export function f() {
  console.log(exec.scenario.name, __ITER, __ENV.FLAG, __ENV.S, __ENV.A, __ENV.FROM_INIT, __ENV.OLD, __ENV.SET, kept === __ENV, typeof kept.FROM_INIT);
  __ENV.OLD = 'old' + __ITER;
  __ENV.FLAG = 'changed';
}
export function teardown() { console.log('teardown', __ENV.FLAG, __ENV.S, __ENV.A, __ENV.FROM_INIT, __ENV.OLD); }
