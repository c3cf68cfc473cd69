import http from 'k6/http';
import { check } from 'k6';
const T = __ENV.TARGET;
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
const t = (n, f) => { try { const v = f(); console.log(n, v === undefined ? 'undefined' : JSON.stringify(sort(v))); } catch (e) { console.log(n, 'threw', ['TypeError','RangeError','SyntaxError','ReferenceError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`); } };

export default function () {
  const g = () => http.get(`${T}/json`);
  t('headers', () => { const r = g(); r.headers = { A: 1, B: true, C: 'x', D: [1, 2] }; return r.headers; });
  t('headers null', () => { const r = g(); r.headers = null; return r.headers; });
  t('headers undef', () => { const r = g(); r.headers = undefined; return r.headers; });
  t('headers num', () => { const r = g(); r.headers = 5; return 1; });
  t('add header', () => { const r = g(); r.headers['X-New'] = 'a'; delete r.headers.Server; return [r.headers['X-New'], r.headers.Server === undefined]; });
  t('status str', () => { const r = g(); r.status = '404'; return r.status; });
  t('status float', () => { const r = g(); r.status = 3.7; return r.status; });
  t('status null', () => { const r = g(); r.status = null; return r.status; });
  t('status true', () => { const r = g(); r.status = true; return r.status; });
  t('url obj', () => { const r = g(); r.url = { toString() { return 'u'; } }; return r.url; });
  t('error num', () => { const r = g(); r.error = 5; return r.error; });
  t('body obj', () => { const r = g(); r.body = { a: 1 }; return r.body; });
  t('body num', () => { const r = g(); r.body = 5; return r.body; });
  t('json after body', () => { const r = g(); r.body = '{"z":[1,2]}'; return [r.json('z.1'), r.json()]; });
  t('html after body', () => { const r = g(); r.body = '<p>hi</p>'; return r.html('p').text(); });
  t('html after null', () => { const r = g(); r.body = null; return r.html('p').text(); });
  t('method replaced', () => { const r = g(); r.json = () => 5; return r.json(); });
  t('check', () => check(g(), { ok: (r) => r.status === 200 && r.json().slideshow !== 1 }));
  t('copy', () => { const c = { ...g() }; return [c.status, typeof c.json, typeof c.html, Object.keys(c.request).sort()]; });
  t('assign', () => { const c = Object.assign({}, g()); return c.status; });
  t('stringify', () => { const o = JSON.parse(JSON.stringify(g())); return [Object.keys(o).sort(), typeof o.json]; });
  t('remote', () => { const r = g(); r.remote_port = '7'; r.remote_ip = 1; r.proto = 2; return [r.remote_port, r.remote_ip, r.proto]; });
  t('timings num', () => { const r = g(); r.timings.duration = 3.5; return r.timings.duration; });
  t('for in', () => { let n = 0; for (const k in g()) n++; return n > 15; });
}
