import exec from 'k6/execution';
import { sleep } from 'k6';
const S = { executor: 'ramping-vus' };
const C = [
  { ...S, stages: [] },
  { ...S },
  { ...S, stages: null },
  { ...S, stages: [{ duration: '1s' }] },
  { ...S, stages: [{ target: 1 }] },
  { ...S, stages: [{ duration: '-1s', target: -1 }] },
  { ...S, startVUs: -1, stages: [{ duration: '100ms', target: 1 }] },
  { ...S, startVUs: 0, stages: [{ duration: '100ms', target: 0 }] },
  { ...S, startVUs: 100000001, stages: [{ duration: '100ms', target: 100000001 }] },
  { ...S, stages: [{ duration: '100ms', target: 1, x: 1 }] },
  { ...S, stages: [{ duration: '100ms', target: '2' }] },
  { ...S, stages: [{ duration: 100, target: 1 }, { duration: 0, target: 2 }] },
  { ...S, gracefulRampDown: '-1s', stages: [{ duration: '100ms', target: 1 }] },
  { ...S, stages: { duration: '1s' } },
];
export const options = { scenarios: { s: C[__ENV.W] } };
export default function () { console.log(JSON.stringify(exec.test.options.scenarios.s)); sleep(0.05); }
