import exec from 'k6/execution';
export const options = { blacklistIPs: ['10.0.0.0/33'] };
export default function () { if (exec.scenario.iterationInTest === 0) console.log(JSON.stringify(exec.test.options)); }
