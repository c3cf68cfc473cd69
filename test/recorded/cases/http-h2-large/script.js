import http from 'k6/http';
export const options = { insecureSkipTLSVerify: true };
const T = __ENV.TARGET_TLS;
export default function () {
  let r = http.get(T + '/bytes/6000000', { responseType: 'binary' });
  console.log(r.status, r.body.byteLength, new Uint8Array(r.body)[5999999]);
  r = http.post(T + '/post', 'x'.repeat(3000000));
  console.log(r.status, r.json().length);
  const rs = http.batch([1, 2, 3, 4].map((i) => ['POST', T + '/post', String(i).repeat(500000)]));
  console.log(rs.map((x) => x.json().length + x.json().data.slice(0, 3) + x.json().data.slice(-3)).join());
  const ds = http.batch([1, 2, 3].map((i) => ['GET', T + '/bytes/' + 1000000 * i, null, { responseType: 'binary' }]));
  console.log(ds.map((x) => x.body.byteLength).join());
}
