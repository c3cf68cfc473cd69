import exec from 'k6/execution';
import { sleep } from 'k6';
export const options = { scenarios: { s: { executor: 'ramping-vus', startVUs: 3, stages: [{ duration: '500ms', target: 5 }, { duration: '500ms', target: 1 }], gracefulRampDown: '100ms', gracefulStop: '100ms' } } };
export default function () { console.log(exec.vu.idInInstance, exec.vu.idInTest); sleep(0.1); }
