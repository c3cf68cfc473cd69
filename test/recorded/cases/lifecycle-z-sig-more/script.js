
import { sleep } from 'k6'; import exec from 'k6/execution';
export const options = { scenarios: { s: { executor: 'constant-vus', vus: 2, duration: '20s', gracefulStop: '0s' } } };
export function setup() { return 1; }
export default function () { console.log('in default'); try { sleep(5); } catch (e) { console.log('never'); } }
export function teardown(d) { console.log('teardown', d, exec.vu.idInTest); }
export function handleSummary(d) { console.log(Object.keys(d.metrics).sort().join()); return { 'f.txt': 'x', stdout: 'S\n' }; }
