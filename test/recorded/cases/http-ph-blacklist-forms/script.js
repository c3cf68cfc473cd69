import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export const options = { blacklistIPs: ['127.0.0.0/8', '10.1.2.3/32', '::1/128', 'fd00::/8'], hosts: { 'a.test': '10.1.2.3', 'b.test': '127.0.0.9:1', 'c.test': '[fd00::1]:80' } };
export default function () {
  const see = (u) => { const r = http.get(u); return [r.status, r.error_code, r.error, r.remote_ip, r.timings.blocked]; };
  for (const u of [T, 'http://127.0.0.1:1/', 'http://127.9.9.9/', 'http://[::1]/', 'http://[::ffff:127.0.0.1]/', 'http://10.1.2.3/', 'https://10.1.2.3/', 'http://localhost/', 'http://a.test/', 'http://b.test/', 'http://c.test/', 'http://2130706433/']) show(u === T ? 'T' : u, () => see(u));
  show('throw', () => http.get(T, { throw: true }));
}
