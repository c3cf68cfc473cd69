import http from 'k6/http';
import { check } from 'k6';
const T = __ENV.TARGET;
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
const t = (n, f) => { try { const v = f(); console.log(n, v === undefined ? 'undefined' : JSON.stringify(sort(v))); } catch (e) { console.log(n, 'threw', ['TypeError','RangeError','SyntaxError','ReferenceError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`); } };

export default function () {
  const b = (v) => http.post(`${T}/anything`, { v }).json('form.v');
  for (const v of [0, -0, 1, -1, 1.5, 0.1 + 0.2, 1e5, 1e6, 1e20, 1e21, 123456789.123, 1e-5, 1e-4, 0.0001234, 9007199254740991, 9007199254740992, -9007199254740991, -9007199254740992, 2 ** 31, 2 ** 32, 2 ** 52, 2 ** 53 + 2, 1.7976931348623157e308, 5e-324, NaN, Infinity, -Infinity, 100, 1234567, 12345678.5, true, false])
    t(String(v), () => b(v));
  t('nested', () => http.post(`${T}/anything`, { v: [1e6, 1.5e6, 2 ** 53], w: { a: 2 ** 53, b: 1e15 } }).json('form'));
  t('query', () => http.get(http.url`${T}/anything?a=${1e21}&b=${0.1}&c=${true}&d=${null}&e=${undefined}&f=${[1, 2]}&g=${{}}`).json('args'));
  t('headers', () => http.get(`${T}/anything`, { headers: { A: 1e21, B: 1.5, C: true, D: 2 ** 53 } }).json('headers.A'));
  t('tags', () => http.get(`${T}/ip`, { tags: { a: 1e21, b: 2 ** 53, c: 1.5, d: true } }).status);
  t('cookies', () => http.get(`${T}/anything`, { cookies: { a: 1.5, b: true, c: 'x y' } }).json('headers.Cookie').split('; ').sort());
}
