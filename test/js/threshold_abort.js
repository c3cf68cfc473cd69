//# exit: 99
//# err: level=error msg="thresholds on metrics 'bad' were crossed; at least one has abortOnFail enabled, stopping test prematurely"
//# err: level=info msg="torn down"
import { sleep } from 'k6';
import { Counter } from 'k6/metrics';

const bad = new Counter('bad');
export const options = { vus: 2, duration: '60s', gracefulStop: '0s', thresholds: { bad: [{ threshold: 'count<1', abortOnFail: true }] } };

export default function () {
  bad.add(1);
  sleep(60);
}
export function teardown() {
  console.log('torn down');
}
