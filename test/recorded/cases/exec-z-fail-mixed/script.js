
import exec from 'k6/execution';
import { fail } from 'k6';
export const options = { iterations: 4, thresholds: { iterations: ['count>100'] } };
export default function () { if (__ITER === 0) exec.test.fail('one'); if (__ITER === 1) fail('two'); if (__ITER === 2) exec.test.fail(); if (__ITER === 3) { exec.test.fail({ a: 1 }); exec.test.fail(undefined); exec.test.fail(5, 6); } }
