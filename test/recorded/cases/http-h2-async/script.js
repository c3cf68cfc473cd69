import http from 'k6/http';
export const options = { insecureSkipTLSVerify: true };
const T = __ENV.TARGET_TLS;
export default async function () {
  await http.asyncRequest('GET', T + '/conn');
  const all = await Promise.all([...Array(20).keys()].map(() => http.asyncRequest('GET', T + '/peak/h2a?ms=400')));
  console.log(all.map((r) => r.status + r.proto).join());
  console.log((await http.asyncRequest('GET', T + '/peak/h2a/read')).body);
  const c = (await http.asyncRequest('GET', T + '/conn')).json().request;
  console.log(c > 1);
  const e = await http.asyncRequest('GET', T + '/fault/h2reset?code=2');
  console.log(e.error, e.error_code);
}
