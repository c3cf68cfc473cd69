import http from 'k6/http';
import { check } from 'k6';
const T = __ENV.TARGET;
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
const t = (n, f) => { try { const v = f(); console.log(n, v === undefined ? 'undefined' : JSON.stringify(sort(v))); } catch (e) { console.log(n, 'threw', ['TypeError','RangeError','SyntaxError','ReferenceError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`); } };

export default function () {
  for (const to of ['100ms', 100, '0.1s', 100.5, '1e2ms', 'x', '', null, -5, 0, '0', {}, [], true, '99h', undefined])
    t(String(to), () => { const r = http.get(`${T}/delay/300`, { timeout: to }); return [r.status, r.error_code]; });
}
