import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export const options = { throw: true };
export default function () {
  show('one fails', () => http.batch([`${T}/get`, 'http://127.0.0.1:1/', `${T}/get`]).length);
  show('bad url', () => http.batch([`${T}/get`, 'http://[']).length);
  show('throw false', () => http.batch([['GET', 'http://127.0.0.1:1/', null, { throw: false }], `${T}/get`]).map((r) => r.status));
  show('bad params', () => http.batch([['GET', `${T}/get`, null, { timeout: 'x' }]]).length);
  show('bad body', () => http.post(`${T}/post`, 5));
  show('bad url plain', () => http.get('http://['));
  show('bad type', () => http.get(5));
}
