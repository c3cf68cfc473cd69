// VUs that come, sleep and go: VUS of them ramp up, stay and ramp down, without a connection.
import { sleep } from 'k6';

const vus = Number(__ENV.VUS || 30000);

export const options = {
  scenarios: {
    ramp: {
      executor: 'ramping-vus',
      startVUs: 0,
      stages: [{ duration: '3s', target: vus }, { duration: '2s', target: vus }, { duration: '3s', target: 0 }],
      gracefulRampDown: '2s',
    },
  },
};

export default function () {
  sleep(1);
}
