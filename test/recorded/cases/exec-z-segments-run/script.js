
import exec from 'k6/execution';
export const options = { scenarios: { a: { executor: 'per-vu-iterations', vus: 7, iterations: 2 }, b: { executor: 'shared-iterations', vus: 5, iterations: 17, exec: 'b', startTime: '200ms' } } };
export default function () { console.log('a', exec.scenario.iterationInInstance, exec.scenario.iterationInTest); }
export function b() { console.log('b', exec.scenario.iterationInInstance, exec.scenario.iterationInTest); }
