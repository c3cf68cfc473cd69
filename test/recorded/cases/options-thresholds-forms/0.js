import exec from 'k6/execution';
export const options = { thresholds: { iterations: [{ threshold: 'count>0' }, { threshold: 'count>1', abortOnFail: false, delayAbortEval: '1s' }] } };
export default function () { if (exec.scenario.iterationInTest === 0) console.log(JSON.stringify(exec.test.options)); }
