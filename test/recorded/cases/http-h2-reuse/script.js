import http from 'k6/http';
export const options = { insecureSkipTLSVerify: true, iterations: 2, vus: 1 };
const T = __ENV.TARGET_TLS;
export default function () {
  const r = http.get(T + '/conn');
  console.log(r.json().request, r.timings.connecting > 0, r.timings.tls_handshaking > 0);
  console.log('close ' + http.get(T + '/conn', { headers: { Connection: 'close' } }).json().request);
  console.log('after ' + http.get(T + '/conn').json().request);
}
