export const options = { executionSegment: '1/3:2/3', scenarios: { a: { executor: 'shared-iterations', vus: 7, iterations: 22 }, b: { executor: 'ramping-arrival-rate', preAllocatedVUs: 5, maxVUs: 11, stages: [{ duration: '1m', target: 9 }] } } };
export default function () {}
