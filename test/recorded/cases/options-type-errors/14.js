import exec from 'k6/execution';
export const options = { tags: { a: 5 } };
export default function () { if (exec.scenario.iterationInTest === 0) console.log(JSON.stringify(exec.test.options)); }
