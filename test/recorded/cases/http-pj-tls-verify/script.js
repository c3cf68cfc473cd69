import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const see = (u, p) => { const r = http.get(u, p); return [r.status, r.error_code, r.error, r.tls_version, r.remote_ip, r.url.split(S.split(':')[2]).join('P')]; };
  show('ip', () => see(S));
  show('localhost', () => see(`https://localhost:${S.split(':')[2]}/`));
  show('throw', () => { try { http.get(S, { throw: true }); return null; } catch (e) { return String(e).split(S).join('S'); } });
  show('batch', () => http.batch([S, T]).map((r) => [r.status, r.error_code]));
}
