import http from 'k6/http';
export const options = { insecureSkipTLSVerify: true };
const T = __ENV.TARGET_TLS;
export default function () {
  const at = (u) => T.replace('https://', 'https://' + u + '@');
  console.log(http.get(at('u:p') + '/basic-auth/u/p').status, http.get(at('u:x') + '/basic-auth/u/p').status);
  const r = http.get(at('user:pass') + '/digest-auth/auth/user/pass', { auth: 'digest' });
  console.log(r.status, r.proto, r.json().authenticated);
}
