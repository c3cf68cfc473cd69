import http from 'k6/http';
export const options = { insecureSkipTLSVerify: true };
const T = __ENV.TARGET_TLS;
export default function () {
  const r = http.get(T + '/fault/h2reset?code=7', { timeout: '1500ms' });
  console.log(r.status, r.error, r.error_code);
  const q = http.get(T + '/fault/h2reset?code=1', { timeout: '1500ms' });
  console.log(q.status, q.error, q.error_code);
  console.log(http.get(T + '/ip').status);
}
