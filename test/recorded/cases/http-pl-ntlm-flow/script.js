import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const D = T.replace('//', '//user:pass@'), W = T.replace('//', '//user:wrong@');
  const see = (u, p, m = 'GET', b = null) => { const r = http.request(m, u, b, { auth: 'ntlm', ...p }); let j = null; try { j = r.json('authenticated'); } catch (e) { } return [r.status, r.url.replace(T.slice(7), 'H'), r.error_code, j]; };
  show('wrong', () => see(`${W}/ntlm/user/pass`));
  show('none', () => see(`${T}/ntlm/user/pass`));
  show('ok', () => see(`${D}/ntlm/user/pass`));
  show('again', () => see(`${D}/ntlm/user/pass`));
  show('echo', () => http.get(`${D}/auth-echo`, { auth: 'ntlm' }).json());
  show('basic server', () => see(`${D}/basic-auth/user/pass`));
  show('header', () => see(`${T}/ntlm/user/pass`, { headers: { Authorization: 'Basic dXNlcjpwYXNz' } }));
  show('bearer', () => http.get(`${T}/auth-echo`, { auth: 'ntlm', headers: { Authorization: 'Bearer x' } }).json());
}
