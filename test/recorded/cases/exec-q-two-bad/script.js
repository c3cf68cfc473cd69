export const options = { scenarios: { b: { executor: 'constant-vus' }, a: { executor: 'shared-iterations', vus: 0 } } };
export default function () {}
