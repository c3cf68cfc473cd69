import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const H = T.slice(7), P = H.split(':')[1];
  const see = (to, headers, m, p) => { const r = http.request(m || 'GET', `${T}/redirect-to?url=${encodeURIComponent(to)}`, m ? 'b' : null, { headers, ...p }); return r.body && r.body.length ? sort(Object.fromEntries(r.json('headers').filter((h) => h[0] !== 'User-Agent').map((h) => [h[0], h[1].split(P).join('P')]))) : [r.status, r.error]; };
  const all = { Authorization: 'a', Cookie: 'c=1', 'X-Own': 'x', 'Www-Authenticate': 'w', Referer: 'r', Host: 'h.test', 'Content-Type': 'ct', Accept: '*', 'Proxy-Authorization': 'p', Cookie2: 'q', Origin: 'o', 'If-None-Match': 'e', Range: 'bytes=0-' };
  show('same', () => see('/rawheaders', all));
  show('same abs', () => see(`${T}/rawheaders`, all));
  show('localhost', () => see(`http://localhost:${P}/rawheaders`, all));
  show('post', () => see('/rawheaders', all, 'POST'));
  show('none', () => see('/rawheaders', {}));
  show('referer own', () => see('/rawheaders', { Referer: 'mine' }));
  show('user', () => { const r = http.get(`http://u:p@${H}/redirect-to?url=/rawheaders`); return sort(Object.fromEntries(r.json('headers').map((h) => [h[0], h[1].split(P).join('P')]))); });
  show('fragment', () => { const r = http.get(`${T}/redirect-to?url=/rawheaders#frag`); return [r.url.split(P).join('P'), sort(Object.fromEntries(r.json('headers').map((h) => [h[0], h[1].split(P).join('P')])))]; });
  show('back', () => see(`http://localhost:${P}/redirect-to?url=${encodeURIComponent(`${T}/rawheaders`)}`, all));
  show('host rel', () => see('/rawheaders', { Host: 'h.test' }));
  show('host abs', () => see(`${T}/rawheaders`, { Host: 'h.test' }));
}
