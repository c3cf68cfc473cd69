import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const see = (r) => [r.status, r.body === null ? null : typeof r.body, Object.keys(r.headers).length > 1, r.error];
  show('get', () => see(http.get(`${T}/json`)));
  show('text', () => see(http.get(`${T}/json`, { responseType: 'text' })));
  show('binary', () => see(http.get(`${T}/json`, { responseType: 'binary' })));
  show('none', () => see(http.get(`${T}/json`, { responseType: 'none' })));
  show('batch', () => http.batch([`${T}/json`, ['GET', `${T}/json`, null, { responseType: 'text' }]]).map(see));
  show('204', () => see(http.get(`${T}/status/204`)));
  show('badgzip', () => see(http.get(`${T}/fault/badgzip`)));
  show('truncate', () => see(http.get(`${T}/fault/truncate`)));
  show('redirect', () => see(http.get(`${T}/redirect/1`)));
  show('cookies', () => Object.keys(http.get(`${T}/cookies/set?a=1&_stay=200`).cookies));
  show('json', () => http.get(`${T}/json`).json());
}
