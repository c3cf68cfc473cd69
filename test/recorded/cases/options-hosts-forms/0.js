import exec from 'k6/execution';
export const options = { hosts: { 'A.com': '1.2.3.4', 'b.com:80': '[::1]:443', '*.c.com': '::1' } };
export default function () { if (exec.scenario.iterationInTest === 0) console.log(JSON.stringify(exec.test.options)); }
