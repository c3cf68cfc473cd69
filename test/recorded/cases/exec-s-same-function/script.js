import exec from 'k6/execution';
export const options = { scenarios: { a: { executor: 'per-vu-iterations', vus: 1, iterations: 1 }, b: { executor: 'per-vu-iterations', vus: 1, iterations: 1, exec: 'default' }, c: { executor: 'per-vu-iterations', exec: 'alias' }, d: { executor: 'per-vu-iterations', exec: 'late' } } };
function impl(d) { console.log(exec.scenario.name, typeof d); }
export default impl;
export { impl as alias };
export let late = () => { console.log('first late'); };
late = function () { console.log('second late', exec.scenario.name); };
