import exec from 'k6/execution';

export const options = { scenarios: { s: { executor: 'per-vu-iterations', vus: 8, iterations: 1 } } };

export default function () {
  console.log(exec.vu.idInTest, exec.test.options.executionSegment);
}
