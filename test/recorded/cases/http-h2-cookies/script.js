import http from 'k6/http';
export const options = { insecureSkipTLSVerify: true };
const T = __ENV.TARGET_TLS;
export default function () {
  let r = http.get(T + '/cookies/set?a=1&b=two');
  console.log(r.status, r.body.replace(/\s/g, ''), JSON.stringify(r.cookies));
  r = http.get(T + '/cookies/set?s=x&_stay=200&_secure&_httponly');
  console.log(JSON.stringify(r.cookies));
  r = http.get(T + '/cookies', { cookies: { c: 'given', a: { value: 'other', replace: true } } });
  console.log(r.body.replace(/\s/g, ''), Object.keys(r.request.cookies).sort(), r.request.headers.Cookie);
  r = http.get(T + '/cookies', { headers: { Cookie: 'hand=made; more=1' } });
  console.log(r.body.replace(/\s/g, ''));
  r = http.get(T + '/rawheaders');
  console.log(r.json().headers.map((h) => h.join('=')).sort().join());
  r = http.get(T + '/cookies/delete?a');
  console.log(r.body.replace(/\s/g, ''));
  console.log(Object.keys(http.cookieJar().cookiesForURL(T + "/")).sort().join());
}
