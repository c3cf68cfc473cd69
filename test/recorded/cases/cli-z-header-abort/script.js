
import exec from 'k6/execution'; import { sleep } from 'k6';
export const options = { scenarios: { first_one: { executor: 'constant-vus', vus: 2, duration: '10s' }, b: { executor: 'shared-iterations', vus: 1, iterations: 3, startTime: '20s' }, cc: { executor: 'ramping-vus', stages: [{ duration: '10s', target: 0 }], startVUs: 0, startTime: '30s', gracefulStop: '1s' } } };
export default function () { sleep(0.2); if (exec.scenario.name === 'first_one' && __ITER === 1) exec.test.abort('enough'); }
