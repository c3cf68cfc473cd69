import exec from 'k6/execution';
export const options = { iterations: 8, vus: 4 };
export default function () { if (exec.scenario.iterationInTest === 0) console.log(JSON.stringify(exec.test.options)); }
