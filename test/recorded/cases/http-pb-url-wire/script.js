import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const raw = (u) => { const r = http.get(`${T}${u}`); return [r.status, r.json ? r.body && r.json('raw') : null, r.url.slice(T.length), r.request.url.slice(T.length)]; };
  for (const u of ['/anything', '/anything/', '/anything//x', '/anything/./a/../b', '/anything/a b', '/anything/a%20b', '/anything/%2F', '/anything/%2f', '/anything/%e9', '/anything/é', '/anything/日本', '/anything/<>"{}|\\^`', "/anything/!$&'()*+,;=:@~-._", '/anything/[x]', '/anything/%41', '/anything?', '/anything?a', '/anything?a=b c', '/anything?a=é', '/anything?a=%zz', '/anything?a=b&a=c', '/anything?q="<>', '/anything?x=[1]{2}|3\\4^5`6', '/anything?a#frag', '/anything#frag', '/anything#', '/anything?#', '/anything#a b', '/anything#é%zz', '/anything?a=b?c=d', '/anything;p=1', '/anything/😀', '/anything?\t=1', '/anything/%00', '/anything/..%2f'])
    show(u, () => raw(u));
  show('no path', () => { const r = http.get(T); return [r.status, r.url.slice(T.length), r.request.url.slice(T.length)]; });
  show('no path q', () => { const r = http.get(`${T}?a=1`); return [r.status, r.url.slice(T.length), r.request.url.slice(T.length)]; });
  show('no path f', () => { const r = http.get(`${T}#a`); return [r.status, r.url.slice(T.length), r.request.url.slice(T.length)]; });
}
