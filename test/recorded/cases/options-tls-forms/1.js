import exec from 'k6/execution';
export const options = { tlsVersion: { MIN: 'tls1.1', max: 'tls1.3' } };
export default function () { if (exec.scenario.iterationInTest === 0) console.log(JSON.stringify(exec.test.options)); }
