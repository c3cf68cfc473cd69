import exec from 'k6/execution';
import { sleep } from 'k6';
const S = { executor: 'constant-vus' };
const C = [
  { ...S },
  { ...S, duration: 0 },
  { ...S, duration: null },
  { ...S, duration: '1s', vus: 0 },
  { ...S, duration: '1s', iterations: 3 },
  { ...S, duration: '1s', vus: 2 },
  { ...S, duration: '1s', gracefulStop: '0' },
];
export const options = { scenarios: { s: C[__ENV.W] } };
export default function () { console.log(JSON.stringify(exec.test.options.scenarios.s)); sleep(0.5); }
