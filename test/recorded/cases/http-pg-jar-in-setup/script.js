import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export function setup() {
  http.cookieJar().set(T, 's', '1');
  http.get(`${T}/cookies/set?x=1`);
  show('setup', () => sort(http.get(`${T}/cookies`).json('cookies')));
  return { jar: http.cookieJar(), r: http.get(`${T}/json`) };
}
export default function (d) {
  show('vu', () => http.get(`${T}/cookies`).json('cookies'));
  show('jar data', () => d.jar);
  show('response data', () => [Object.keys(d.r).sort(), typeof d.r.json, d.r.status, typeof d.r.body]);
}
export function teardown(d) { show('teardown', () => [http.get(`${T}/cookies`).json('cookies'), d.r.status]); }
