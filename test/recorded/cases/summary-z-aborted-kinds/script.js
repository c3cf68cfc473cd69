
import exec from 'k6/execution'; import { check, group } from 'k6';
export const options = { iterations: 3, thresholds: { checks: ['rate==1'] } };
export default function () { group('g', () => { check(1, { a: true }); if (__ITER === 1) { if (__ENV.W === 'abort') exec.test.abort('no'); if (__ENV.W === 'throw') throw new Error('x'); if (__ENV.W === 'fail') exec.test.fail('f'); } check(1, { b: true }); }); }
