import http from 'k6/http';
export const options = { insecureSkipTLSVerify: true, tlsVersion: { max: http.TLS_1_2 } };
const T = __ENV.TARGET_TLS;
export default function () {
  const r = http.get(T + '/tls');
  console.log(r.tls_version, r.json().alpn, r.json().version, r.ocsp.status, r.remote_ip, r.proto, r.json().sni);
  const q = http.get(T.replace('127.0.0.1', 'localhost') + '/tls');
  console.log(q.json().sni, q.proto);
}
