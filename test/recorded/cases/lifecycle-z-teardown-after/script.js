
import exec from 'k6/execution';
import { sleep } from 'k6';
export const options = { scenarios: { s: { executor: 'shared-iterations', iterations: 1, maxDuration: '1s', gracefulStop: '0s' } } };
export function setup() { return { n: 1 }; }
export default function (d) { d.n = 2; if (__ENV.W === 'throw') throw new Error('x'); if (__ENV.W === 'cut') sleep(9); if (__ENV.W === 'abort') exec.test.abort('a'); if (__ENV.W === 'fail') exec.test.fail('f'); }
export function teardown(d) { console.log('td', d.n, exec.vu.idInTest, JSON.stringify(exec.vu.tags)); }
