import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const see = (loc, s) => { const r = http.get(`${T}/redirect-to?url=${encodeURIComponent(loc)}&status_code=${s || 302}`, { timeout: 3000 }); return [r.status, r.error_code, r.error.split(T).join('T'), r.url.split(T).join('T'), r.body && r.body.length && r.body[0] === '{' ? r.json('raw') : null]; };
  for (const l of ['/get', 'get', './get', '../get', '?x=1', '#frag', '/get#frag', '', ' ', '//127.0.0.1:1/x', T, `${T}/get?a=b#c`, '/a b', '/anything/é', '/anything/%zz', '/anything?q=a b', 'http:///x', 'http:get', ':x', 'x:y', 'ftp://a/', 'mailto:a', '/anything/%2e%2e/x', '/anything//x', 'anything/../get', 'http://[', 'http://a b/', `${T.replace('http', 'HTTP')}/get`, '\t/get', '/get\r\n', `http://user:pw@${T.slice(7)}/get`, 'https:/get', '/anything/<x>', '/anything;a=b?c', 'http://127.0.0.1:99999/', '/anything\\x'])
    show(JSON.stringify(l.split(T).join('T')), () => see(l));
}
