import http from 'k6/http';
export const options = { insecureSkipTLSVerify: true, discardResponseBodies: true };
const T = __ENV.TARGET_TLS;
export default function () {
  let r = http.get(T + '/bytes/2000000');
  console.log(r.status, r.body, r.headers['Content-Length']);
  r = http.get(T + '/get', { responseType: 'text' });
  console.log(r.status, r.json().path);
  r = http.get(T + '/fault/h2resetbody?code=2');
  console.log(r.status, r.body, r.error, r.error_code);
}
