import { Counter } from 'k6/metrics';
const c = new Counter('cc');
export const options = { tags: { a: 'run', b: 'run' }, scenarios: { one: { executor: 'shared-iterations', tags: { b: 'one' } }, two: { executor: 'per-vu-iterations', vus: 2, iterations: 1, exec: 'other', tags: { a: 'two', c: 'two' } } } };
export default function () { c.add(1); }
export function other() { c.add(1, { c: 'own' }); }
