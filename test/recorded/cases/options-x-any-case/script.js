import exec from 'k6/execution';

const forms = {
  upper: { EXECUTOR: 'per-vu-iterations', VUS: 2 },
  mixed: { Executor: 'shared-iterations', Iterations: 3, eXec: 'other', TAGS: { a: 'b' } },
  twice: { executor: 'shared-iterations', EXECUTOR: 'per-vu-iterations', iterations: 2 },
  value: { executor: 'Per-VU-iterations' },
};

export const options = { scenarios: { s: forms[__ENV.W] } };

export default function () {
  console.log('default', exec.scenario.executor);
}

export function other() {
  console.log('other', exec.scenario.executor, exec.vu.metrics.tags.a);
}
