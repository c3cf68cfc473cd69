import exec from 'k6/execution';
import { sleep } from 'k6';
export const options = { scenarios: { a: { executor: 'constant-arrival-rate', rate: 20, duration: '10s', preAllocatedVUs: 10 }, b: { executor: 'shared-iterations', startTime: '5s' } } };
export default function () { if (exec.scenario.iterationInTest === 3) { sleep(0.2); exec.test.abort('arrived'); } sleep(5); }
export function teardown() { console.log('teardown'); }
