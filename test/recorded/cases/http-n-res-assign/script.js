import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export default function () {
  const g = () => http.get(T + '/cookies/raw?c=a%3Db', { headers: { 'X-A': 'b' }, cookies: { q: '1' } });
  const r0 = g();
  for (const k of ['status', 'error_code', 'remote_port', 'url', 'error', 'status_text', 'proto', 'remote_ip', 'tls_version', 'body']) for (const v of [5, 1.7, 'text', '12', true, null, undefined, {}, [1], -1, NaN]) t(k + ' ' + String(v) + typeof v, () => { 'use strict'; const r = r0; r[k] = v; return [r[k], typeof r[k]]; });
  for (const k of ['headers', 'request', 'timings', 'cookies', 'ocsp', 'json', 'html', 'extra']) for (const v of [5, null, undefined, {}, { A: 'b' }, 'x']) t(k + ' ' + (v === undefined ? 'undef' : J(v)), () => { 'use strict'; const r = g(); r[k] = v; return typeof r[k] === 'function' ? 'fn' : k === 'timings' ? Object.keys(r[k]) : k === 'request' && r[k] ? Object.keys(r[k]).length : r[k]; });
  t('req method', () => { const r = g(); r.request.method = 5; return r.request.method; });
  t('req extra', () => { const r = g(); r.request.foo = 1; return r.request.foo; });
  t('req null', () => { const r = g(); r.request = null; return r.request; });
  t('tim', () => { const r = g(); r.timings.duration = '5'; return r.timings.duration; });
  t('tim2', () => { const r = g(); r.timings.duration = 'x'; return r.timings.duration; });
  t('cookie', () => { const r = g(); r.cookies.a[0].value = 5; return r.cookies.a[0].value; });
  t('cookie2', () => { const r = g(); r.cookies.z = []; return r.cookies.z; });
  t('cookie4', () => { const r = g(); delete r.cookies.a; return r.cookies; });
  t('cookie5', () => { const r = g(); r.cookies.a[0].max_age = 1.5; r.cookies.a[0].secure = 'x'; r.cookies.a[0].foo = 1; return r.cookies.a[0]; });
  t('ocsp', () => { const r = g(); r.ocsp.status = 5; return r.ocsp.status; });
  t('body json', () => { const r = g(); r.body = '{"z":1}'; return r.json(); });
  t('body json2', () => { const r = g(); r.json(); r.body = '{"z":1}'; return r.json(); });
  t('body json3', () => { const r = g(); r.body = '{"z":1}'; return r.json('z'); });
  t('body html', () => { const r = g(); r.body = '<p>q</p>'; return r.html('p').text(); });
  t('body num json', () => { const r = g(); r.body = 5; return r.json(); });
  t('body obj json', () => { const r = g(); r.body = { a: 1 }; return r.json(); });
  t('body ab json', () => { const r = g(); r.body = new Uint8Array([91, 49, 93]).buffer; return r.json(); });
  t('body u8 json', () => { const r = g(); r.body = new Uint8Array([91, 49, 93]); return r.json(); });
  t('body null json', () => { const r = g(); r.body = null; return r.json(); });
  t('url click', () => { const r = http.get(T + '/html'); r.url = T + '/zzz/'; return r.clickLink({ selector: '#rel' }).url.replace(T, ''); });
  t('delete', () => { 'use strict'; const r = g(); delete r.status; return r.status; });
  t('define', () => { const r = g(); Object.defineProperty(r, 'status', { value: 7 }); return r.status; });
  t('define acc', () => { const r = g(); Object.defineProperty(r, 'status', { get() { return 7; } }); return r.status; });
  t('freeze', () => { const r = g(); Object.freeze(r); return Object.isFrozen(r); });
  t('proto', () => { const r = g(); Object.setPrototypeOf(r, { zz: 1 }); return r.zz; });
  t('num', () => { const r = g(); r[0] = 1; return r[0]; });
}

