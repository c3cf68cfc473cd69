import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export const options = { thresholds: { 'http_req_failed{n:a}': ['rate>=0'] } };
export default function () {
  for (const f of [() => http.expectedStatuses(200), () => http.expectedStatuses(200, 201, { min: 300, max: 399 }), () => http.expectedStatuses({ min: 1, max: 999 }), () => http.expectedStatuses(), () => http.expectedStatuses('x'), () => http.expectedStatuses({}), () => http.expectedStatuses({ min: 5 }), () => http.expectedStatuses(null), () => http.expectedStatuses([200]), () => http.expectedStatuses(1.5), () => http.expectedStatuses({ min: 'a', max: 'b' }), () => http.expectedStatuses({ min: 10, max: 5 }), () => http.expectedStatuses(-1), () => http.expectedStatuses('200')]) show(String(f).length > 0 ? 'es' : '', () => { const v = f(); return [typeof v, JSON.stringify(v), Object.keys(v || {}).length]; });
  for (const [n, v] of [['null', null], ['undef', undefined], ['fn', () => true], ['obj', {}], ['num', 200], ['es', http.expectedStatuses(404)]]) { show(`set ${n}`, () => http.setResponseCallback(v)); show(`after ${n}`, () => http.get(`${T}/status/404`, { tags: { n } }).status); }
  for (const [n, v] of [['null', null], ['undef', undefined], ['fn', () => true], ['obj', {}], ['es', http.expectedStatuses({ min: 500, max: 599 })]]) show(`param ${n}`, () => http.get(`${T}/status/500`, { responseCallback: v, tags: { p: n } }).status);
}
