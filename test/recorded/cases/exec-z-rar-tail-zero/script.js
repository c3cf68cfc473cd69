
export const options = { scenarios: { s: { executor: 'ramping-arrival-rate', startRate: 20, timeUnit: '1s', preAllocatedVUs: 3, stages: [{ duration: '500ms', target: 20 }, { duration: '20s', target: 0 }, { duration: '20s', target: 0 }], } } };
let n = 0;
export default function () { }
export function teardown() { console.log('teardown'); }
