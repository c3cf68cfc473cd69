import exec from 'k6/execution';
export const options = { tlsCipherSuites: ['TLS_RSA_WITH_AES_128_CBC_SHA'] };
export default function () { if (exec.scenario.iterationInTest === 0) console.log(JSON.stringify(exec.test.options)); }
