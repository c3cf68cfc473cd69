export const options = { scenarios: { a: { executor: 'shared-iterations' }, b: { executor: 'shared-iterations', startTime: '5s' } } };
export default function () { console.log('first'); }
export function teardown(d) { console.log('teardown'); }
