// Checks stand in the summary in the order in which they were made, those inside of another first.
import { check } from 'k6';
import { same } from './_expect.js';

export default function () {
  check(1, {
    first: true,
    outer: () => check(1, { inner: true, innermost: () => check(1, { deep: true }) }),
    last: true,
  });
}

export function handleSummary(data) {
  const names = data.root_group.checks.map((c) => c.name);
  same('the order', names, ['first', 'inner', 'deep', 'innermost', 'outer', 'last']);
  return {};
}
