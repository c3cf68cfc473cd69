import http from 'k6/http';
export const options = { insecureSkipTLSVerify: true };
const T = __ENV.TARGET_TLS;
export default function () {
  let rs = http.batch([1, 2, 3, 4, 5, 6].map(() => ['GET', T + '/conn']));
  console.log('first ' + rs.map((r) => r.status + r.proto).join());
  rs = http.batch([1, 2, 3, 4, 5, 6].map(() => ['GET', T + '/conn']));
  console.log('second distinct ' + new Set(rs.map((r) => r.json().request)).size);
  console.log('second connecting ' + rs.filter((r) => r.timings.connecting > 0).length + ' tls ' + rs.filter((r) => r.timings.tls_handshaking > 0).length);
  const o = http.batch({ a: T + '/get', b: { method: 'POST', url: T + '/post', body: 'x' }, c: ['PUT', T + '/put', 'y'] });
  console.log(Object.keys(o).sort().map((k) => k + o[k].json().method + o[k].json().data).join());
  const p = http.batch([1, 2, 3, 4, 5, 6].map(() => ['GET', T + '/peak/h2b?ms=300']));
  console.log(p.map((r) => r.status).join() + http.get(T + '/peak/h2b/read').body);
}
