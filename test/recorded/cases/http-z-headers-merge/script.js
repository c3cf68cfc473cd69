import http from 'k6/http';
import { check } from 'k6';
const T = __ENV.TARGET;
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
const t = (n, f) => { try { const v = f(); console.log(n, v === undefined ? 'undefined' : JSON.stringify(sort(v))); } catch (e) { console.log(n, 'threw', ['TypeError','RangeError','SyntaxError','ReferenceError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`); } };

export const options = { userAgent: 'opt-agent' };
export default function () {
  const h = (headers, more) => { const r = http.get(`${T}/headers`, { headers, ...more }); const j = r.json('headers') || {}; delete j.Host; return j; };
  t('none', () => h());
  t('ua', () => h({ 'User-Agent': 'x' }));
  t('ua lower', () => h({ 'user-agent': 'y' }));
  t('ua both', () => h({ 'user-agent': 'y', 'User-Agent': 'x' }));
  t('dup case', () => h({ 'X-a': '1', 'x-A': '2' }));
  t('null', () => h({ A: null, B: undefined }));
  t('arr', () => h({ A: ['1', '2'] }));
  t('obj', () => h({ A: { b: 1 } }));
  t('empty name', () => h({ '': 'x' }));
  t('bad name', () => h({ 'a b': 'x' }));
  t('newline', () => h({ A: 'x\ny' }));
  t('unicode', () => h({ A: 'é' }));
  t('map', () => h(new Map([['A', 'b']])));
  t('string', () => h('A: b'));
  t('inherit', () => h(Object.create({ A: 'b' })));
  t('host', () => http.get(`${T}/headers`, { headers: { Host: 'my.host' } }).json('headers.Host'));
  t('host lower', () => http.get(`${T}/headers`, { headers: { host: 'my.host2' } }).json('headers.Host'));
  t('ct', () => http.post(`${T}/anything`, { a: 1 }, { headers: { 'content-type': 'text/plain' } }).json('headers.Content-Type'));
  t('cl', () => http.post(`${T}/anything`, 'abc', { headers: { 'Content-Length': '99' } }).json('headers.Content-Length'));
  t('te', () => http.post(`${T}/anything`, 'abc', { headers: { 'Transfer-Encoding': 'chunked' } }).json('headers'));
  t('request headers', () => http.get(`${T}/ip`, { headers: { 'x-lower': '1', A: 2 } }).request.headers);
}
