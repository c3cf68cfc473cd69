export const options = { scenarios: { a: { executor: 'constant-vus', vus: 3, duration: '10s' }, b: { executor: 'ramping-vus', startVUs: 1, stages: [{ duration: '10s', target: 8 }, { duration: '5s', target: 2 }], startTime: '5s' } } };
export default function () {}
