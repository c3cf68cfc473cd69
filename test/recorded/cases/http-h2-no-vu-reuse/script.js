import http from 'k6/http';
export const options = { insecureSkipTLSVerify: true, noVUConnectionReuse: true, iterations: 2, vus: 1 };
const T = __ENV.TARGET_TLS;
export default function () {
  for (let i = 0; i < 2; i++) { const r = http.get(T + '/conn'); console.log(r.proto, r.json().request, r.timings.connecting > 0, r.timings.tls_handshaking > 0); }
}
