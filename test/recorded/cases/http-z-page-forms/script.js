import http from 'k6/http';
import { check } from 'k6';
const T = __ENV.TARGET;
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
const t = (n, f) => { try { const v = f(); console.log(n, v === undefined ? 'undefined' : JSON.stringify(sort(v))); } catch (e) { console.log(n, 'threw', ['TypeError','RangeError','SyntaxError','ReferenceError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`); } };

export default function () {
  const page = (html) => { const r = http.get(`${T}/html`); r.body = html; return r; };
  const F = '<form action="/anything" method="post"><input name="a" value="1"><input type="checkbox" name="c" checked><input type="radio" name="r" value="x" checked><input type="radio" name="r" value="y"><select name="s"><option value="1">1</option><option selected>two</option></select><textarea name="t">text</textarea><input type="submit" name="sub" value="go"><input type="hidden" name="h" value="hid"><input name="dis" disabled value="d"><button name="btn" value="bv">b</button></form><form id="two" action="/get"><input name="q" value="z"></form><a href="/ip">ip</a><a id="b" href="/status/201">x</a>';
  const see = (r) => [r.status, r.request.method, r.url.replace(T, 'T'), r.request.body];
  t('submit', () => see(page(F).submitForm()));
  t('fields', () => see(page(F).submitForm({ fields: { a: 'new', extra: '5' } })));
  t('second', () => see(page(F).submitForm({ formSelector: '#two' })));
  t('second fields', () => see(page(F).submitForm({ formSelector: '#two', fields: { q: 'a b&c' } })));
  t('submit selector', () => see(page(F).submitForm({ submitSelector: 'button' })));
  t('params', () => see(page(F).submitForm({ formSelector: '#two', params: { tags: { name: 'mine' }, headers: { X: 'y' } } })));
  t('no form', () => see(page('<p>x</p>').submitForm()));
  t('bad selector', () => see(page(F).submitForm({ formSelector: '#nope' })));
  t('null', () => see(page(F).submitForm(null)));
  t('link', () => see(page(F).clickLink()));
  t('link sel', () => see(page(F).clickLink({ selector: '#b' })));
  t('link none', () => see(page('<p>').clickLink()));
  t('link bad', () => see(page(F).clickLink({ selector: '#zz' })));
  t('link params', () => see(page(F).clickLink({ params: { tags: { q: 'w' } } })));
  t('no href', () => see(page('<a>x</a>').clickLink()));
}
