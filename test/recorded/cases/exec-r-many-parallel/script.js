import { sleep } from 'k6';
const scenarios = {};
for (let i = 0; i < 12; i++) scenarios[`s${i}`] = { executor: i % 2 ? 'per-vu-iterations' : 'shared-iterations', vus: 2, iterations: 4, startTime: `${(i % 3) * 100}ms`, env: { N: String(i) }, tags: { n: String(i) } };
export const options = { scenarios };
export default function () { sleep(0.01); }
