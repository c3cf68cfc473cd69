import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
const H = T.slice(7);
export const options = { hosts: { 'direct.test': H, 'x.direct.test': H, 'a.sub.test': H, 'sub.test': H, 'a.star.test': H, 'star.test': H, 'port.test': H, '10.1.1.1': H, '192.168.1.1': H, '192.168.1.2': H } };
export default function () {
  const see = (u, p) => { const r = http.get(u, p); return [r.status, r.error_code, r.body && r.body.length ? [r.json('proxied') || null, r.json('proxyAuth') || null, r.json('host'), r.json('headers.Proxy-Authorization') || null] : null, r.remote_ip]; };
  for (const h of ['direct.test', 'x.direct.test', 'a.sub.test', 'sub.test', 'a.star.test', 'star.test', 'port.test:81', 'port.test:82', '10.1.1.1', '192.168.1.1', '192.168.1.2', 'other.test', 'other.test:8080', 'DIRECT.test', 'localhost', '127.0.0.1', 'localhost.']) show(h, () => see(`http://${h}/get?x=1`));
  show('path', () => see('http://other.test/a b?c d#e'));
  show('user', () => { const r = http.get('http://u:p@other.test/anything'); return [r.json('proxied'), r.json('headers.Authorization'), r.json('proxyAuth')]; });
  show('post', () => { const r = http.post('http://other.test/anything', { a: 1 }); return [r.json('form'), r.json('proxied')]; });
  show('redirect', () => { const r = http.get('http://other.test/redirect/1'); return [r.status, r.url, r.json('proxied')]; });
  show('own pa', () => http.get('http://other.test/anything', { headers: { 'Proxy-Authorization': 'x' } }).json('proxyAuth'));
  show('host header', () => { const r = http.get('http://other.test/anything', { headers: { Host: 'h.test' } }); return [r.json('proxied'), r.json('host')]; });
  show('head', () => http.head('http://other.test/anything').status);
  show('no path', () => http.get('http://other.test').status);
}
