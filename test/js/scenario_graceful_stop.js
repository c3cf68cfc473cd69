//# err: level=info msg="finished in the grace period"
//# not-err: MUST NOT|level=error|level=warning
import { sleep } from 'k6';

// One iteration is let finish, another is cut: its catch and finally blocks never run, it counts nowhere.
export const options = {
  scenarios: {
    kind: { executor: 'constant-vus', vus: 1, duration: '1s', gracefulStop: '20s', exec: 'kind' },
    strict: { executor: 'constant-vus', vus: 1, duration: '1s', gracefulStop: '0s', exec: 'strict' },
    busy: { executor: 'constant-vus', vus: 1, duration: '1s', gracefulStop: '0s', exec: 'busy' },
    waiting: { executor: 'constant-vus', vus: 1, duration: '1s', gracefulStop: '0s', exec: 'waiting' },
    timers: { executor: 'constant-vus', vus: 1, duration: '1s', gracefulStop: '0s', exec: 'timers' },
  },
  thresholds: { iterations: ['count==1'], 'iterations{scenario:kind}': ['count==1'] },
};

export function kind() {
  sleep(1.3);
  console.log('finished in the grace period');
}
export function strict() {
  try {
    sleep(60);
  } catch (e) {
    console.error('MUST NOT be caught');
  } finally {
    console.error('MUST NOT run');
  }
  console.error('MUST NOT go on');
}
export function busy() {
  try {
    for (;;);
  } catch (e) {
    console.error('MUST NOT be caught');
  }
}
export async function waiting() {
  for (;;) await null;
}
export function timers() {
  const again = () => setTimeout(again, 0);
  again();
}
