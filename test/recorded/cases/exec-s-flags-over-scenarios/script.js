import exec from 'k6/execution';
import { sleep } from 'k6';
export const options = { scenarios: { mine: { executor: 'per-vu-iterations', vus: 1, iterations: 1, exec: 'other' } } };
export default function () { console.log('default', exec.scenario.name, exec.scenario.executor); sleep(0.2); }
export function other() { console.log('other', exec.scenario.name); }
