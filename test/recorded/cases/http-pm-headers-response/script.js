import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const see = (q) => { const r = http.get(`${T}/response-headers?${q}`); return [r.status, r.error, sort(Object.fromEntries(Object.entries(r.headers).filter(([k]) => !['Connection', 'Keep-Alive', 'Content-Length', 'Content-Type', 'Server', 'Date'].includes(k))))]; };
  show('case', () => see('x-lower=1&X-UPPER=2&x_under=3'));
  show('twice', () => see('X-A=1&X-A=2&X-A=3'));
  show('empty', () => see('X-E='));
  show('spaces', () => see('X-S=%20%20a%20b%20%20'));
  show('comma', () => see('X-C=a%2Cb'));
  show('cookie', () => see('Set-Cookie=a%3Db&Set-Cookie=c%3Dd'));
  show('long', () => see(`X-L=${'a'.repeat(5000)}`)[1]);
  show('tab', () => see('X-T=a%09b'));
  show('weird', () => see('X!%23$=1'));
}
