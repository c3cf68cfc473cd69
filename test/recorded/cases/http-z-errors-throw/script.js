import http from 'k6/http';
import { check } from 'k6';
const T = __ENV.TARGET;
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
const t = (n, f) => { try { const v = f(); console.log(n, v === undefined ? 'undefined' : JSON.stringify(sort(v))); } catch (e) { console.log(n, 'threw', ['TypeError','RangeError','SyntaxError','ReferenceError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`); } };

export default function () {
  const bad = ['http://127.0.0.1:1/', 'http://nope.invalid/', 'http://', '', 'x', '//x', 'ftp://x', 'http://[::1', 'http://a b/', 'http://127.0.0.1:99999/', 'http://127.0.0.1:abc/', 'https://127.0.0.1:1/', 'http://user:pa ss@127.0.0.1:1/', 'HTTP://127.0.0.1:1/', '/relative', '?q', '#f', 'http://?', 'javascript:1', 'http://%zz/', 'http://127.0.0.1:1/%zz', null, undefined, 5, {}, [], true];
  for (const u of bad) { t('get ' + String(u), () => { const r = http.get(u, { timeout: '2s' }); return [r.status, r.error_code, r.url, r.body]; }); }
  for (const u of bad.slice(0, 8)) { t('throw ' + String(u), () => { const r = http.get(u, { timeout: '2s', throw: true }); return r.status; }); }
}
