import http from 'k6/http';
import { check } from 'k6';
const T = __ENV.TARGET;
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
const t = (n, f) => { try { const v = f(); console.log(n, v === undefined ? 'undefined' : JSON.stringify(sort(v))); } catch (e) { console.log(n, 'threw', ['TypeError','RangeError','SyntaxError','ReferenceError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`); } };

export default function () {
  const see = (r) => [r.status, r.url.replace(T, 'T'), r.request.method, r.request.url.replace(T, 'T'), r.error_code];
  t('0', () => see(http.get(`${T}/redirect/3`, { redirects: 0 })));
  t('1', () => see(http.get(`${T}/redirect/3`, { redirects: 1 })));
  t('3', () => see(http.get(`${T}/redirect/3`, { redirects: 3 })));
  t('-1', () => see(http.get(`${T}/redirect/1`, { redirects: -1 })));
  t('str', () => see(http.get(`${T}/redirect/1`, { redirects: '1' })));
  t('float', () => see(http.get(`${T}/redirect/2`, { redirects: 1.9 })));
  t('null', () => see(http.get(`${T}/redirect/1`, { redirects: null })));
  t('post 307', () => { const r = http.post(`${T}/redirect-to?url=/post&status_code=307`, 'body'); return [...see(r), r.request.body]; });
  t('post 303', () => { const r = http.post(`${T}/redirect-to?url=/get&status_code=303`, 'body'); return [...see(r), r.request.body]; });
  t('fragment', () => see(http.get(`${T}/redirect-to?url=/get%23frag`)));
  t('relative', () => see(http.get(`${T}/redirect-to?url=get`)));
  t('empty', () => see(http.get(`${T}/redirect-to?url=`)));
  t('head', () => see(http.head(`${T}/redirect/1`)));
  t('del', () => see(http.del(`${T}/redirect/1`)));
  t('options', () => see(http.options(`${T}/redirect/1`)));
}
