// VUs that connect once and then sleep on their keep-alive connection.
import http from 'k6/http';
import { sleep } from 'k6';

const url = __ENV.URL;

export default function () {
  http.get(url);
  sleep(600);
}
