import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
show('cookieJar', () => http.cookieJar());
show('CookieJar', () => { const k = new http.CookieJar(); k.set('http://a/', 'x', 'y'); return k.cookiesForURL('http://a/'); });
const early = new http.CookieJar();
early.set(T, 'early', '1');
show('get', () => http.get(T));
show('batch', () => http.batch([T]));
show('async', () => http.asyncRequest('GET', T));
show('file', () => http.file('x', 'n').filename);
show('url', () => http.url`a${1}`.url);
show('expected', () => typeof http.expectedStatuses(200));
show('setcb', () => http.setResponseCallback(http.expectedStatuses(200)));
show('consts', () => Object.keys(http).sort());
export default function () { show('use', () => http.get(`${T}/cookies`, { jar: early }).json('cookies')); }
