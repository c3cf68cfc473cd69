import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
const H = T.slice(7), P = H.split(':')[1];
export const options = { hosts: { 'plain.test': '127.0.0.1', 'port.test': H, 'host.test:8080': H, '*.wild.test': H, '*.deep.wild.test': '127.0.0.1:1', 'Upper.Test': H, 'v6.test': '[::1]:1', 'v6plain.test': '::1', '*.port.test:99': H, 'xn--bcher-kva.test': H, '10.9.8.7': H, 'localhost': H, '*': '127.0.0.1:2' } };
export default function () {
  const see = (u) => { const r = http.get(u); return [r.status, r.error_code, r.error, r.body && r.body.length ? r.json('host').replace(P, 'P') : null, r.remote_ip, r.remote_port === Number(P)]; };
  for (const u of [`http://plain.test:${P}/get`, 'http://plain.test:1/', 'http://port.test/get', 'http://port.test:81/get', 'http://PORT.test/get', 'http://port.test./get', 'http://host.test:8080/get', 'http://host.test/get', 'http://a.wild.test/get', 'http://a.b.wild.test/get', 'http://wild.test/get', 'http://x.deep.wild.test/get', 'http://upper.test/get', 'http://UPPER.TEST/get', 'http://v6.test/', 'http://v6plain.test:1/', 'http://q.port.test:99/get', 'http://q.port.test/get', 'http://bücher.test/get', 'http://10.9.8.7/get', 'http://localhost/get', 'http://127.0.0.1:2/', 'http://unknown.test/'])
    show(u.replace(P, 'P'), () => see(u));
}
