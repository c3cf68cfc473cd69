import exec from 'k6/execution';
export const options = { blacklistIPs: ['10.1.2.3/8', '2001:DB8::/32'] };
export default function () { if (exec.scenario.iterationInTest === 0) console.log(JSON.stringify(exec.test.options)); }
