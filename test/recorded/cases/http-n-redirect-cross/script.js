import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export const options = { hosts: { 'a.test': '127.0.0.1', 'b.test': '127.0.0.1', '*.a.test': '127.0.0.1' } };
export default function () {
  const P = T.split(':')[2], A = 'http://a.test:' + P, B = 'http://b.test:' + P, SA = 'http://x.a.test:' + P;
  const m = (v) => JSON.parse(J(v).split(P).join('P')); const s = (n, from, to, p) => t(n, () => m((() => { const r = http.get(from + '/redirect-to?url=' + encodeURIComponent(to), p); const e = r.json(); const h = {}; for (const k of ['Authorization', 'Cookie', 'X-A', 'Www-Authenticate', 'Proxy-Authorization', 'Cookie2', 'Referer', 'Host']) if (e.headers[k]) h[k] = e.headers[k]; return [r.status, h, r.url]; })()));
  const hd = { headers: { Authorization: 'Basic x', Cookie: 'h=1', 'X-A': 'y', 'Proxy-Authorization': 'p', 'Www-Authenticate': 'w', Cookie2: 'z' } };
  s('same', A, A + '/anything', hd); s('rel', A, '/anything', hd); s('to b', A, B + '/anything', hd); s('to sub', A, SA + '/anything', hd); s('from sub', SA, A + '/anything', hd); s('to ip', A, T + '/anything', hd); s('localhost', T, A + '/anything', hd);
  s('cred', A.replace('//', '//u:p@'), A + '/anything'); s('cred rel', A.replace('//', '//u:p@'), '/anything'); s('cred b', A.replace('//', '//u:p@'), B + '/anything'); s('cred sub', A.replace('//', '//u:p@'), SA + '/anything'); s('to cred', A, B.replace('//', '//q:r@') + '/anything');
  s('cookies', A, B + '/anything', { cookies: { a: '1' } }); s('cookies same', A, A + '/anything', { cookies: { a: '1' } }); s('host', A, '/anything', { headers: { Host: 'zzz' } }); s('host b', A, B + '/anything', { headers: { Host: 'zzz' } }); s('back', A, B + '/redirect-to?url=' + encodeURIComponent(A + '/anything'), hd); s('referer', A, '/anything', { headers: { Referer: 'mine' } }); s('two', A, A + '/redirect-to?url=/anything', hd); s('cred ref', A.replace('//', '//u:p@'), B + '/redirect-to?url=/anything');
  
}

