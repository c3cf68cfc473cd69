import { sleep } from 'k6';
export const options = { scenarios: { s: { executor: 'ramping-vus', startVUs: 0, stages: [{ duration: 0, target: 4 }, { duration: '500ms', target: 4 }, { duration: 0, target: 1 }, { duration: '500ms', target: 1 }, { duration: 0, target: 3 }, { duration: '300ms', target: 3 }], gracefulRampDown: '0s', gracefulStop: '0s' } } };
export default function () { console.log(`vu ${__VU > 4}`); sleep(0.1); }
