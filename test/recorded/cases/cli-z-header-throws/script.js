
export const options = { vus: 2, iterations: 4, thresholds: { iterations: ['count>100'] } };
export function setup() { } export function teardown() { }
export default function () { throw new Error('x'); }
