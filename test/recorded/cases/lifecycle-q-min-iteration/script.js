import exec from 'k6/execution';
export const options = { minIterationDuration: '300ms', scenarios: {
  a: { executor: 'per-vu-iterations', iterations: 3, exec: 'quick' },
  t: { executor: 'per-vu-iterations', iterations: 2, exec: 'thrower' },
  c: { executor: 'constant-vus', vus: 1, duration: '1s', gracefulStop: '0s', exec: 'quick' } } };
const last = {};
export function quick() { const n = exec.scenario.name; if (last[n]) console.log(n, 'gap ok', Date.now() - last[n] >= 295); last[n] = Date.now(); }
export function thrower() { const n = exec.scenario.name; if (last[n]) console.log(n, 'gap ok', Date.now() - last[n] >= 295); last[n] = Date.now(); throw new Error('x'); }

