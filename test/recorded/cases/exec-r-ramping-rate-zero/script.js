import exec from 'k6/execution';
export const options = { scenarios: { s: { executor: 'ramping-arrival-rate', startRate: 0, timeUnit: '1s', preAllocatedVUs: 3, stages: [{ duration: '300ms', target: 0 }, { duration: 0, target: 10 }, { duration: '550ms', target: 10 }, { duration: 0, target: 0 }, { duration: '300ms', target: 0 }] } } };
export default function () { console.log(exec.scenario.iterationInTest, exec.vu.iterationInInstance >= 0); }
