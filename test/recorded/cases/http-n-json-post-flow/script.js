import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
import { check } from 'k6';
export function setup() { const r = http.post(T + '/post', JSON.stringify({ user: 'a' }), { headers: { 'Content-Type': 'application/json' } }); return { token: r.json('json.user') }; }
export default function (data) { const p = { headers: { Authorization: `Bearer ${data.token}`, 'Content-Type': 'application/json' }, tags: { type: 'api' } }; const r = http.post(`${T}/post`, JSON.stringify({ list: [1, { a: 'b' }], n: null }), p); check(r, { a: (r) => r.json('json.list.1.a') === 'b', n: (r) => r.json('json.n') === null, auth: (r) => r.json().headers.Authorization === 'Bearer a', len: (r) => r.json().json.list.length === 2 }); t('missing', () => r.json('json.zz')); t('num', () => r.json('json.list.#')); t('big', () => r.json('json.list.1')); const u = http.put(`${T}/put`, JSON.stringify('str'), p); t('put', () => u.json('data')); const pa = http.patch(`${T}/patch`, JSON.stringify([1]), p); t('patch', () => pa.json('json.0')); const de = http.del(`${T}/delete`, null, p); t('del', () => [de.status, de.json('headers.Content-Type')]); const o = http.options(`${T}/anything`, null, p); t('opt', () => o.json('method')); const h = http.head(`${T}/get`, p); t('head', () => [h.status, h.body, h.headers['Content-Type']]); }

