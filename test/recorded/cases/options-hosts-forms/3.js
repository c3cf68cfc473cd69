import exec from 'k6/execution';
export const options = { hosts: { 'a b': '1.2.3.4' } };
export default function () { if (exec.scenario.iterationInTest === 0) console.log(JSON.stringify(exec.test.options)); }
