import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export default function () {
  const r = http.get(T + '/cookies/raw?c=a%3Db', { headers: { 'X-A': 'b' }, cookies: { q: '1' } });
  t('keys', () => Object.keys(r)); t('own', () => Object.getOwnPropertyNames(r)); t('forin', () => { const k = []; for (const x in r) k.push(x); return k; });
  t('json keys', () => Object.keys(JSON.parse(J(r)))); t('req', () => Object.keys(r.request)); t('tim', () => Object.keys(r.timings)); t('tim types', () => Object.values(r.timings).map((v) => typeof v)); t('ocsp', () => [Object.keys(r.ocsp), r.ocsp]); t('cookies', () => [Object.keys(r.cookies), Object.keys(r.cookies.a[0])]); t('reqcookies', () => [Object.keys(r.request.cookies), Object.keys(r.request.cookies.q[0]), r.request.cookies]);
  for (const k of ['request', 'timings', 'ocsp', 'body', 'status', 'url', 'error', 'tls_version', 'tls_cipher_suite', 'remote_port', 'remote_ip', 'proto', 'status_text', 'error_code']) t(k, () => [typeof r[k], r[k] === r[k], k in r, Object.prototype.hasOwnProperty.call(r, k), typeof r[k] === 'function' ? [r[k].length] : 0]);
  t('desc', () => { const d = Object.getOwnPropertyDescriptor(r, 'status'); return [d.value, d.writable, d.enumerable, d.configurable]; });
  t('desc m', () => { const d = Object.getOwnPropertyDescriptor(r, 'json'); return [typeof d.value, d.writable, d.enumerable, d.configurable]; });
  t('str', () => [String(r), Object.prototype.toString.call(r), String(r.headers), String(r.request), String(r.cookies), String(r.cookies.a), String(r.timings)]);
  t('proto', () => [Object.getPrototypeOf(r) === Object.prototype, Object.getPrototypeOf(r.headers) === Object.prototype, Array.isArray(r.cookies.a), Array.isArray(r.request.headers['X-A'])]);
  t('ctor', () => [r.constructor === Object, r.headers.constructor === Object]);
  t('missing', () => [r.nope, r.headers.nope, r.headers['content-type'], r.request.nope]);
  t('spread', () => Object.keys({ ...r })); t('assign', () => Object.keys(Object.assign({}, r.request))); t('ext', () => [Object.isExtensible(r), Object.isFrozen(r), Object.isExtensible(r.headers)]);
  t('entries', () => Object.entries(r.timings).length); t('toJSON', () => typeof r.toJSON);
  t('json timing', () => Object.keys(JSON.parse(J(r.timings)))); t('json req', () => so(JSON.parse(J(r.request)))); t('json cookies', () => JSON.parse(J(r.cookies)));
}

