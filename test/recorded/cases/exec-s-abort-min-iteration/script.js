import exec from 'k6/execution';
export const options = { iterations: 3, minIterationDuration: '10s' };
export default function () { console.log('i', exec.scenario.iterationInTest); setTimeout(() => {}, 50); if (__ENV.X !== 'y') exec.test.abort('now'); }
