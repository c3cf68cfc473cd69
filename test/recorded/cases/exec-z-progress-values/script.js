
import exec from 'k6/execution';
import { sleep } from 'k6';
export const options = { scenarios: { s: { executor: 'shared-iterations', vus: 1, iterations: 4 }, p: { executor: 'per-vu-iterations', vus: 1, iterations: 5, startTime: '300ms' } } };
export default function () { console.log(exec.scenario.name, exec.scenario.progress, exec.scenario.iterationInTest, exec.vu.iterationInScenario, __ITER); if (exec.scenario.iterationInTest === 2) throw new Error('x'); }
