import exec from 'k6/execution';
import { sleep } from 'k6';
const sc = { s: { executor: 'shared-iterations' } };
const st = [{ duration: '1s', target: 1 }];
const C = [
  { iterations: 1, stages: st },
  { iterations: 1, scenarios: sc },
  { iterations: 2, vus: 1, duration: '3s' },
  { iterations: 2, vus: 3 },
  { duration: '1s', stages: st },
  { duration: '1s', scenarios: sc },
  { duration: '0s' },
  { duration: '500ms' },
  { stages: st, scenarios: sc },
  { stages: [], },
  { scenarios: {} },
  { vus: 2, scenarios: sc },
  { vus: 0 },
  { iterations: 0 },
  { iterations: 1, stages: [] },
  { stages: [{ target: 3 }] },
  { stages: [{ duration: '300ms', target: 2 }, { target: 9 }], vus: 2 },
  { vus: 2, stages: [] },
  { vus: null, iterations: null, duration: null, stages: null, scenarios: null },
];
export const options = C[__ENV.W];
export default function () { console.log(JSON.stringify(exec.test.options.scenarios)); sleep(0.3); }
