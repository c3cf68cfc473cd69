import exec from 'k6/execution';
export const options = { VUS: 2, Iterations: 4, iterations: 2, MinIterationDuration: '1ms' };
export default function () { if (exec.scenario.iterationInTest === 0) console.log(JSON.stringify(exec.test.options)); }
