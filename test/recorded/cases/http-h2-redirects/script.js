import http from 'k6/http';
export const options = { insecureSkipTLSVerify: true };
const T = __ENV.TARGET_TLS;
const show = (n, r) => console.log([n, r.status, r.proto, r.url.replace(T, 'T').replace(__ENV.TARGET, 'H'), r.error, r.error_code, r.body && r.headers['Content-Type'] === 'application/json' ? r.json().method + ' ' + r.json().data : r.body].join(' | '));
export default function () {
  show('three', http.get(T + '/redirect/3'));
  show('abs', http.get(T + '/absolute-redirect/2'));
  show('post', http.post(T + '/redirect/1', 'body'));
  show('307', http.post(T + '/redirect/1?status=307', 'body'));
  show('308', http.put(T + '/redirect/2?status=308', 'body'));
  show('to http', http.get(T + '/redirect-to?url=' + encodeURIComponent(__ENV.TARGET + '/get'), { tags: { name: 'x' } }));
  show('to https', http.get(__ENV.TARGET + '/redirect-to?url=' + encodeURIComponent(T + '/get'), { tags: { name: 'x' } }));
  show('none', http.get(T + '/redirect/1', { redirects: 0 }));
  show('limit', http.get(T + '/redirect/5', { redirects: 2 }));
  show('loop', http.get(T + '/redirect/loop', { redirects: 3 }));
  show('bad', http.get(T + '/fault/badlocation'));
  show('nolocation', http.get(T + '/fault/nolocation'));
  show('emptylocation', http.get(T + '/fault/emptylocation'));
  show('ftp', http.get(T + '/fault/ftplocation'));
}
