import exec from 'k6/execution';
const S = { executor: 'per-vu-iterations' };
const C = [
  { s: { ...S, env: { A: 1 } } },
  { s: { ...S, env: { A: 'x', B: '' } } },
  { s: { ...S, tags: { A: 1 } } },
  { s: { ...S, tags: { A: 'x', B: '' } } },
  { s: { ...S, tags: { A: null } } },
  { s: { ...S, options: { browser: { type: 'chromium' } } } },
  { s: { ...S, options: {} } },
  { s: { ...S, options: { other: 1 } } },
  { s: { ...S, options: { browser: 3 } } },
  { 'a b': { ...S } },
  { 'ä': { ...S } },
  { 'A_b-9': { ...S } },
  { '': { ...S } },
  { s: { executor: null } },
  { s: { executor: 3 } },
  { s: { executor: 'Constant-VUs' } },
  { s: { executor: 'externally-controlled', vus: 1, maxVUs: 2, duration: '1s' } },
  { s: null },
  { s: [] },
  { s: 'x' },
  { s: { ...S, exec: '' } },
  { s: { ...S, stages: [] } },
];
export const options = { scenarios: C[__ENV.W] };
export default function () { console.log(JSON.stringify(exec.test.options.scenarios), __ENV.A, exec.vu.tags.A, exec.vu.tags.B); }
