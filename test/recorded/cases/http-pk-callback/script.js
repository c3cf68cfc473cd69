import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
const see = (r) => [r.status, r.error_code];
export default function () {
  for (const a of [[200], [404], [200, 404], [{ min: 200, max: 204 }], [{ min: 404, max: 404 }, 200], [{ min: 500, max: 400 }], [0], [-1], [{ min: 0, max: 999 }], [1e10]]) show(JSON.stringify(a), () => { http.setResponseCallback(http.expectedStatuses(...a)); return [see(http.get(`${T}/status/404`)), see(http.get(`${T}/get`)), see(http.get('http://127.0.0.1:1/'))]; });
  for (const a of [[], ['200'], [200.5], [NaN], [Infinity], [null], [undefined], [{}], [{ min: 200 }], [{ max: 200 }], [{ min: '200', max: 204 }], [{ min: 200.5, max: 204 }], [{ min: null, max: 204 }], [true], [[200]], [200, 'x'], [new Number(200)], [() => 1], [Symbol('a')], [10n], [{ min: 1, max: 2, other: 3 }], ['abc'], [{ min: undefined, max: 2 }]]) show(`es ${a.map((x) => (typeof x === 'bigint' ? '10n' : typeof x === 'symbol' ? 'sym' : JSON.stringify(x))).join()}`, () => typeof http.expectedStatuses(...a));
  for (const v of [undefined, null, 200, 'x', {}, [], true, () => 1, http.expectedStatuses, NaN]) show(`set ${Object.prototype.toString.call(v)}`, () => http.setResponseCallback(v) === undefined);
  show('set none', () => http.setResponseCallback() === undefined);
  show('get after none', () => see(http.get(`${T}/status/404`)));
  show('shape', () => { const e = http.expectedStatuses(200); return [Object.keys(e), JSON.stringify(e), typeof e, String(e)]; });
  http.setResponseCallback(http.expectedStatuses(404));
  show('param wins', () => [see(http.get(`${T}/status/404`, { responseCallback: http.expectedStatuses(200) })), see(http.get(`${T}/status/404`, { responseCallback: null })), see(http.get(`${T}/status/404`, { responseCallback: undefined }))]);
  show('batch', () => http.batch([[`GET`, `${T}/status/404`], ['GET', `${T}/status/404`, null, { responseCallback: http.expectedStatuses(200) }]]).map(see));
  show('redirect', () => see(http.get(`${T}/redirect/1`)));
}
