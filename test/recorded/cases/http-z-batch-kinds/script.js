import http from 'k6/http';
import { check } from 'k6';
const T = __ENV.TARGET;
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
const t = (n, f) => { try { const v = f(); console.log(n, v === undefined ? 'undefined' : JSON.stringify(sort(v))); } catch (e) { console.log(n, 'threw', ['TypeError','RangeError','SyntaxError','ReferenceError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`); } };

export default function () {
  const s = (r) => (Array.isArray(r) ? r.map((x) => x.status) : Object.fromEntries(Object.entries(r).map(([k, v]) => [k, v.status])));
  t('strings', () => s(http.batch([`${T}/ip`, `${T}/status/404`])));
  t('nested arr', () => s(http.batch([['GET', `${T}/ip`], ['POST', `${T}/post`, 'x'], ['PUT', `${T}/put`, { a: 1 }, { tags: { q: 'w' } }]])));
  t('objects', () => s(http.batch([{ method: 'GET', url: `${T}/ip` }, { url: `${T}/ip` }, { method: 'POST', url: `${T}/post`, body: 'b', params: { headers: { A: 'b' } } }])));
  t('map', () => s(http.batch({ a: `${T}/ip`, b: ['GET', `${T}/status/500`], c: { method: 'HEAD', url: `${T}/ip` } })));
  t('empty', () => http.batch([]).length);
  t('empty obj', () => Object.keys(http.batch({})).length);
  t('one', () => http.batch([`${T}/ip`]).length);
  t('no arg', () => http.batch());
  t('null', () => http.batch(null));
  t('string', () => http.batch('x'));
  t('num', () => http.batch(5));
  t('undefined entry', () => s(http.batch([undefined])));
  t('null entry', () => s(http.batch([null])));
  t('num entry', () => s(http.batch([5])));
  t('empty arr entry', () => s(http.batch([[]])));
  t('one elem', () => s(http.batch([['GET']])));
  t('no url', () => s(http.batch([{ method: 'GET' }])));
  t('lower method', () => s(http.batch([['get', `${T}/ip`]])));
  t('bad url', () => s(http.batch([`${T}/ip`, 'nope://x'])));
  t('url obj', () => s(http.batch([['GET', http.url`${T}/status/${201}`], { method: 'GET', url: http.url`${T}/ip` }])));
  t('same names', () => http.batch([`${T}/ip`, `${T}/ip`]).map((r) => r.status));
  t('set', () => http.batch(new Set([`${T}/ip`])).length);
  t('json', () => http.batch([`${T}/json`])[0].json('slideshow') !== null);
  t('extra', () => s(http.batch([['GET', `${T}/ip`, null, { timeout: '5s' }, 'extra']])));
}
