
import exec from 'k6/execution';
const scenarios = {}; for (let i = 0; i < 30; i++) scenarios['s' + i] = { executor: i % 2 ? 'shared-iterations' : 'per-vu-iterations', vus: 1 + (i % 3), iterations: 3, tags: { n: String(i) }, env: { I: String(i) }, exec: i % 5 === 0 ? 'alt' : 'default', startTime: (i % 4) * 100 + 'ms' };
export const options = { scenarios };
export default function () { if (__ENV.I !== exec.vu.tags.n) console.log('bad', __ENV.I, exec.vu.tags.n); if (exec.scenario.name !== 's' + __ENV.I) console.log('bad name'); }
export function alt() { if (__ENV.I % 5 !== 0) console.log('bad alt'); }
