import exec from 'k6/execution';
export const options = { scenarios: { a: { executor: 'constant-arrival-rate', rate: 1, timeUnit: '1h', duration: '1s', preAllocatedVUs: 1 }, b: { executor: 'ramping-arrival-rate', startRate: 1, timeUnit: '1h', stages: [{ duration: '1s', target: 1 }], preAllocatedVUs: 1 }, c: { executor: 'constant-arrival-rate', rate: 3, timeUnit: '700ms', duration: '1600ms', preAllocatedVUs: 1 } } };
export default function () { console.log(exec.scenario.name, exec.scenario.iterationInTest); }
