import exec from 'k6/execution';
export const options = { scenarios: { a: { executor: 'shared-iterations', vus: 2, iterations: 2 } } };
export default function () { if (exec.scenario.iterationInTest === 0) console.log(JSON.stringify(exec.test.options.scenarios), exec.test.options.vus, exec.test.options.iterations, exec.test.options.duration, JSON.stringify(exec.test.options.stages)); }
