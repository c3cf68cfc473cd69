import http from 'k6/http';
export const options = { insecureSkipTLSVerify: true };
const T = __ENV.TARGET_TLS;
export default function () {
  console.log('count ' + http.get(T + '/conn').json().request);
  let r = http.get(T + '/delay/3', { timeout: '200ms' });
  console.log(r.status, r.error, r.error_code, r.timings.duration > 150);
  console.log('count ' + http.get(T + '/conn').json().request);
  r = http.get(T + '/fault/hang', { timeout: '200ms' });
  console.log(r.status, r.error, r.error_code);
  r = http.post(T + '/delay/3', 'x', { timeout: '200ms' });
  console.log(r.status, r.error, r.error_code);
  console.log('count ' + http.get(T + '/conn').json().request);
  const rs = http.batch([['GET', T + '/delay/3', null, { timeout: '200ms' }], ['GET', T + '/delay/0.4'], ['GET', T + '/conn']]);
  console.log(rs.map((x) => x.status + ' ' + x.error_code).join());
}
