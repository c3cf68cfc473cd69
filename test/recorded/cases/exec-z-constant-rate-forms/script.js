
export const options = { scenarios: { s: { executor: 'constant-arrival-rate', preAllocatedVUs: 3, ...JSON.parse(__ENV.S) } } };
export default function () { }
