import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const t = http.get(`${T}/get`).timings;
  show('keys', () => [Object.keys(t).join(), Object.values(t).every((v) => typeof v === 'number' && v >= 0), t.looking_up, t.tls_handshaking, Math.abs(t.sending + t.waiting + t.receiving - t.duration) < 0.001]);
  const u = http.get(`${T}/get`).timings;
  show('again', () => [u.connecting, u.blocked < 50]);
  const f = http.get('http://127.0.0.1:1/').timings;
  show('failed', () => [f.duration, f.connecting, f.sending, f.waiting, f.receiving, f.tls_handshaking]);
  const b = http.get('http://[').timings;
  show('bad', () => b);
}
