// Ten requests at once, again and again.
import http from 'k6/http';

const urls = Array(10).fill(__ENV.URL);
export const options = { batch: 10, batchPerHost: 10, insecureSkipTLSVerify: true };

export default function () {
  http.batch(urls);
}
