import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export const options = { thresholds: {} };
export function setup() { const r = http.get(`${T}/get?setup`); http.cookieJar().set(T, 'a', 'setup'); console.log('setup', r.status, JSON.stringify(http.cookieJar().cookiesForURL(T))); return { status: r.status, headers: Object.keys(r.headers).sort(), body: r.json('args'), cookies: r.cookies, timings: Object.keys(r.timings) }; }
export default function (data) { console.log('data', JSON.stringify(sort(data))); console.log('jar', JSON.stringify(http.cookieJar().cookiesForURL(T))); http.get(`${T}/get?main`); }
export function teardown(data) { const r = http.get(`${T}/get?teardown`); console.log('teardown', r.status, data.status, JSON.stringify(http.cookieJar().cookiesForURL(T))); http.get('http://127.0.0.1:1/'); }
