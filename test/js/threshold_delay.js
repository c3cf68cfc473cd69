//# args: --summary-mode=disabled
import { sleep } from 'k6';
import { Counter } from 'k6/metrics';

// Crossed while it is delayed, fine at the end.
const late = new Counter('late');
export const options = { iterations: 1, thresholds: { late: [{ threshold: 'count>0', abortOnFail: true, delayAbortEval: '1m' }] } };

export default function () {
  sleep(2.5);
  late.add(1);
}
