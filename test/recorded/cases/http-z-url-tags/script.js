import http from 'k6/http';
import { check } from 'k6';
const T = __ENV.TARGET;
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
const t = (n, f) => { try { const v = f(); console.log(n, v === undefined ? 'undefined' : JSON.stringify(sort(v))); } catch (e) { console.log(n, 'threw', ['TypeError','RangeError','SyntaxError','ReferenceError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`); } };

export default function () {
  t('plain', () => http.get(http.url`${T}/anything/${1}/b`).status);
  t('q', () => http.get(http.url`${T}/anything?x=${'a b'}&y=${'é'}`).json('args'));
  t('obj', () => { const u = http.url`${T}/ip/${5}`; return [Object.keys(u).sort(), u.name.replace(T, 'T'), String(u).replace(T, 'T'), typeof u.url, u.clean_url.replace(T, 'T')]; });
  t('no holes', () => { const u = http.url`http://x/`; return [u.name, u.url.host]; });
  t('call', () => http.url('http://x/').name);
  t('call arr', () => http.url(['http://x/', '/b'], 5).name);
  t('none', () => http.url());
  t('num', () => http.url(5));
  t('name param', () => http.get(http.url`${T}/anything/${7}`, { tags: { name: 'given' } }).status);
  t('group url', () => http.get(`${T}/anything/x#frag`).url.replace(T, 'T'));
  t('userinfo', () => http.get(T.replace('//', '//u:p@') + '/ip').url.replace(T.slice(7), 'H'));
  t('upper', () => http.get(T.replace('http', 'HTTP') + '/ip').status);
  t('space', () => http.get(` ${T}/ip`).status);
  t('newline', () => http.get(`${T}/ip\n`).status);
  t('unicode path', () => http.get(`${T}/anything/é/日本`).json('url'));
  t('double slash', () => http.get(`${T}//anything//x`).status);
  t('dots', () => http.get(`${T}/anything/../ip`).status);
  t('long', () => http.get(`${T}/anything?x=${'y'.repeat(5000)}`).status);
}
