import exec from 'k6/execution';
export const options = { dns: { other: 1 } };
export default function () { if (exec.scenario.iterationInTest === 0) console.log(JSON.stringify(exec.test.options)); }
