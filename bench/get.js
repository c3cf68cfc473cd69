// The plainest test: one GET an iteration, with thresholds, everything else as it comes.
import http from 'k6/http';

export const options = {
  insecureSkipTLSVerify: true,
  thresholds: { http_req_duration: ['p(95)<10000'], http_req_failed: ['rate<0.01'] },
};

const url = __ENV.URL;

export default function () {
  http.get(url);
}
