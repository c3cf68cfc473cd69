
import { sleep } from 'k6'; import exec from 'k6/execution';
const G = __ENV.G;
export const options = { scenarios: { s: { gracefulStop: G, ...JSON.parse(__ENV.S) } } };
export default function () { sleep(__ITER === 0 ? 0.2 : 1.3); }
export function teardown() { console.log('teardown'); }
