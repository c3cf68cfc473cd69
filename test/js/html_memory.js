//# err: level=error msg="InternalError: out of memory
//# err: level=info msg="goes on: 1"
// Pages that a script keeps fail its iteration when there are too many; those in cycles of objects are collected.
import { parseHTML } from 'k6/html';

const page = '<p>x'.repeat(50000);
export const options = { scenarios: { one: { executor: 'per-vu-iterations', vus: 1, iterations: 2 } } };

export default function () {
  if (__ITER === 0) {
    const all = [];
    for (;;) all.push(parseHTML(page));
  }
  for (let i = 0; i < 100; i += 1) {
    const doc = parseHTML(page);
    const cycle = { doc };
    cycle.self = cycle;
  }
  console.log('goes on:', parseHTML('<p>').find('p').size());
}
