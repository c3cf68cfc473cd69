import http from 'k6/http';
export const options = { insecureSkipTLSVerify: true };
export default function () {
  const r = http.get(__ENV.TARGET_TLS + '/tls');
  console.log(r.proto, r.status_text, r.json().alpn);
}
