import http from 'k6/http';
export const options = { insecureSkipTLSVerify: true };
const T = __ENV.TARGET_TLS;
const show = (n, r) => console.log([n, r.status, r.proto, r.error, r.error_code, r.body, r.status_text].join(' | '));
export default function () {
  for (const code of [0, 2, 3, 5, 6, 8, 11, 12, 13, 14, 99]) {
    show('reset ' + code, http.get(T + '/fault/h2reset?code=' + code, { timeout: '3s' }));
    show('body ' + code, http.get(T + '/fault/h2resetbody?code=' + code, { timeout: '3s' }));
  }
  for (const code of [0, 1, 2, 11, 13]) show('goaway ' + code, http.get(T + '/fault/h2goaway?code=' + code, { timeout: '3s' }));
  show('after', http.get(T + '/ip'));
  show('post', http.post(T + '/fault/h2reset?code=2', 'abc', { timeout: '3s' }));
  try { http.get(T + '/fault/h2reset?code=11', { throw: true }); } catch (e) { console.log('threw ' + String(e).replace(/stream ID \d+/, 'stream ID N')); }
  try { http.get(T + '/fault/h2resetbody?code=11', { throw: true }); } catch (e) { console.log('threw ' + String(e).replace(/stream ID \d+/, 'stream ID N')); }
  http.get(T + '/hits/h2d/reset');
  show('drop', http.get(T + '/drop/h2d'));
  show('hits', http.get(T + '/hits/h2d'));
  show('drop2', http.get(T + '/drop/h2d'));
  show('hits', http.get(T + '/hits/h2d'));
  show('drop post', http.post(T + '/drop/h2d', 'x'));
  show('hits', http.get(T + '/hits/h2d'));
}
