import exec from 'k6/execution';
const S = { executor: 'shared-iterations' };
const C = [
  { ...S, vus: '2', iterations: '3' },
  { ...S, vus: 2.5, iterations: 3 },
  { ...S, vus: 2, iterations: '' },
  { ...S, vus: true },
  { ...S, vus: null, iterations: null, maxDuration: null, exec: null, env: null, tags: null, startTime: null, gracefulStop: null, options: null },
  { ...S, iterations: 1e21 },
  { ...S, iterations: -3 },
  { ...S, iterations: 0 },
  { ...S, vus: 0, iterations: 0 },
  { ...S, vus: -1 },
  { ...S, maxDuration: '999ms' },
  { ...S, maxDuration: 1000 },
  { ...S, maxDuration: 1000.5 },
  { ...S, maxDuration: '1' },
  { ...S, maxDuration: '-5s' },
  { ...S, maxDuration: '' },
  { ...S, startTime: '-1s' },
  { ...S, gracefulStop: '-1s' },
  { ...S, gracefulStop: 0, startTime: 0 },
  { ...S, VUS: 2, Iterations: 4 },
];
export const options = { scenarios: { s: C[__ENV.W] } };
export default function () { if (exec.scenario.iterationInTest === 0) console.log(JSON.stringify(exec.test.options.scenarios.s)); }
