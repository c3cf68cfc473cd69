export const options = { scenarios: { s: { executor: 'ramping-arrival-rate', startRate: 200, timeUnit: '1m', preAllocatedVUs: 3, stages: [{ duration: '500ms', target: 600 }, { duration: '500ms', target: 6 }, { duration: '200ms', target: 6000 }] } } };
export default function () { }
