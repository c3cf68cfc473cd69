import http from 'k6/http';
export const options = { insecureSkipTLSVerify: true };
const T = __ENV.TARGET_TLS;
const show = (n, r) => console.log([n, r.status, r.error, r.error_code, r.proto].join(' | '));
export default function () {
  http.get(T + '/ip');
  for (const [n, h] of [['conn', { Connection: 'foo' }], ['upg', { Upgrade: 'foo' }], ['te', { 'Transfer-Encoding': 'gzip' }], ['name', { 'x y': '1' }], ['value', { x: 'a\nb' }], ['ok', { Connection: 'close' }]]) {
    show(n, http.get(T + '/ip', { headers: h }));
    try { http.get(T + '/ip', { headers: h, throw: true }); } catch (e) { console.log(String(e)); }
  }
  show('connect', http.request('CONNECT', T + '/ip', null, { timeout: '1s' }));
  show('lower', http.request('get', T + '/ip'));
  show('odd', http.request('FOO', T + '/ip'));
  show('bad', http.request('B AD', T + '/ip'));
  show('host', http.get(T + '/ip', { headers: { Host: 'a b' } }));
}
