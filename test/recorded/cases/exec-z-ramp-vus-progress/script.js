
export const options = { scenarios: { some: { executor: 'ramping-vus', startVUs: 2, stages: [{ duration: '600ms', target: 2 }, { duration: '500ms', target: 0 }], gracefulRampDown: '0s', gracefulStop: '0s' } } };
import { sleep } from 'k6';
export default function () { sleep(0.05); }
