import http from 'k6/http';
import { check } from 'k6';
const T = __ENV.TARGET;
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
const t = (n, f) => { try { const v = f(); console.log(n, v === undefined ? 'undefined' : JSON.stringify(sort(v))); } catch (e) { console.log(n, 'threw', ['TypeError','RangeError','SyntaxError','ReferenceError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`); } };

export default function () {
  for (const rt of ['text', 'binary', 'none', 'nope', '', null, undefined, 5, true, 'TEXT', {}])
    t(String(rt), () => { const r = http.get(`${T}/bytes/5`, { responseType: rt }); return [r.status, r.body === null ? null : typeof r.body, r.body && r.body.byteLength, Object.prototype.toString.call(r.body)]; });
  t('json binary', () => http.get(`${T}/json`, { responseType: 'binary' }).json('slideshow') !== undefined);
  t('json none', () => http.get(`${T}/json`, { responseType: 'none' }).json());
  t('html binary', () => typeof http.get(`${T}/html`, { responseType: 'binary' }).html('h1').text());
  t('html none', () => http.get(`${T}/html`, { responseType: 'none' }).html('h1').text());
  t('same buffer', () => { const r = http.get(`${T}/bytes/5`, { responseType: 'binary' }); return [r.body === r.body, new Uint8Array(r.body).length]; });
  t('write buffer', () => { const r = http.get(`${T}/bytes/5`, { responseType: 'binary' }); new Uint8Array(r.body)[0] = 99; return new Uint8Array(r.body)[0]; });
  t('post back', () => http.post(`${T}/anything`, http.get(`${T}/bytes/4`, { responseType: 'binary' }).body).status);
  t('empty binary', () => { const r = http.get(`${T}/bytes/0`, { responseType: 'binary' }); return [typeof r.body, r.body && r.body.byteLength]; });
  t('204 binary', () => http.get(`${T}/status/204`, { responseType: 'binary' }).body);
}
