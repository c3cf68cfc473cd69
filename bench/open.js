// An open model: iterations begin by the schedule, one GET each. RATE a second for SECONDS.
import http from 'k6/http';

const rate = Number(__ENV.RATE || 1000);

export const options = {
  scenarios: {
    open: {
      executor: 'constant-arrival-rate',
      rate,
      duration: `${__ENV.SECONDS || 5}s`,
      preAllocatedVUs: Number(__ENV.VUS || 200),
      maxVUs: 2000,
    },
  },
  summaryTrendStats: ['med', 'p(99)', 'max'],
  thresholds: { iteration_start_lag: ['p(99)>=0'], dropped_iterations: ['count>=0'] },
};

export default function () {
  http.get(__ENV.URL);
}
