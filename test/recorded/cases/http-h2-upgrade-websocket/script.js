import http from 'k6/http';
export const options = { insecureSkipTLSVerify: true };
const T = __ENV.TARGET_TLS;
export default function () {
  console.log(http.get(T + '/conn').json().request);
  try { const r = http.get(T + '/get', { headers: { Connection: 'Upgrade', Upgrade: 'websocket' } }); console.log(r.status, r.proto, r.error, r.error_code); } catch (e) { console.log('threw ' + e); }
  console.log(http.get(T + '/conn').json().request);
}
