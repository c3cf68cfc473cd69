import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const H = T.slice(7);
  const see = (u, p) => { const r = http.get(u, p); const a = r.json('authorization'); return [r.status, a && a.startsWith('Basic ') ? a : a, r.url.replace(H, 'H'), r.request.url.replace(H, 'H'), r.request.headers.Authorization]; };
  for (const c of ['u:p', 'u', 'u:', ':p', ':', 'a%40b:c%3Ad', 'é:ü', '%c3%a9:x', 'u:p:q', 'a%20b:c+d', 'u@v:p', 'u:p@q', "!$&'()*+,;=", 'u:%25'])
    show(c, () => see(`http://${c}@${H}/auth-echo`));
  show('own header', () => see(`http://u:p@${H}/auth-echo`, { headers: { Authorization: 'Mine' } }));
  show('own empty', () => see(`http://u:p@${H}/auth-echo`, { headers: { Authorization: '' } }));
  show('tags', () => see(`http://user:secret@${H}/auth-echo`, { tags: { x: '1' } }));
  show('only at', () => see(`http://@${H}/auth-echo`));
  show('error', () => { const r = http.get('http://u:p@127.0.0.1:1/'); return [r.url, r.error, r.request.url]; });
  show('user only error', () => { const r = http.get('http://u@127.0.0.1:1/x'); return [r.url, r.error, r.request.url]; });
  show('redirect keeps', () => { const r = http.get(`http://u:p@${H}/redirect-to?url=/auth-echo`); return [r.json('authorization'), r.url.replace(H, 'H')]; });
  show('redirect abs', () => { const r = http.get(`http://u:p@${H}/redirect-to?url=${T}/auth-echo`); return [r.json('authorization'), r.url.replace(H, 'H')]; });
  show('redirect with own', () => { const r = http.get(`http://u:p@${H}/redirect-to?url=http://x:y@${H}/auth-echo`); return [r.json('authorization'), r.url.replace(H, 'H')]; });
}
