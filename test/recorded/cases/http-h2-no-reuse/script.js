import http from 'k6/http';
export const options = { insecureSkipTLSVerify: true, noConnectionReuse: true };
const T = __ENV.TARGET_TLS;
export default function () {
  for (let i = 0; i < 3; i++) { const r = http.get(T + '/conn'); console.log(r.proto, r.body.replace(/\s/g, ''), r.timings.connecting > 0, r.timings.tls_handshaking > 0); }
  const rs = http.batch([1, 2, 3].map(() => ['GET', T + '/conn']));
  console.log(rs.map((r) => r.json().request).join());
}
