import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export const options = { batch: 3, batchPerHost: 2 };
export default function () {
  const r = http.batch([1, 2, 3, 4, 5].map((i) => `${T}/delay/0?${i}`));
  show('order', () => r.map((x) => x.url.split('?')[1]));
  http.batch([1, 2, 3, 4, 5, 6].map(() => `${T}/peak/pf?ms=60`));
  show('peak', () => http.get(`${T}/peak/pf/read`).json('peak'));
  show('cookies', () => { http.batch([`${T}/cookies/raw?c=a%3D1`, `${T}/cookies/raw?c=b%3D2`]); return sort(http.get(`${T}/cookies`).json('cookies')); });
  show('tags', () => http.batch([['GET', `${T}/get`, null, { tags: { k: 'v' } }], ['GET', `${T}/get`, null, { tags: { name: 'n' } }]]).map((x) => x.status));
}
