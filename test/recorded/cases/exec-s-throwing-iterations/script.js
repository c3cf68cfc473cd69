export const options = { scenarios: { a: { executor: 'shared-iterations', vus: 2, iterations: 6 }, b: { executor: 'per-vu-iterations', vus: 2, iterations: 2 } } };
export default function () { throw new Error('always'); }
