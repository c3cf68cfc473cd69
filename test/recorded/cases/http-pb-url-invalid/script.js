import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const see = (u) => { const r = http.get(u); return [r.status, r.error_code, r.error, r.url, r.body === null ? null : typeof r.body, r.request && r.request.url]; };
  for (const u of ['', ' ', 'x', '/a', '//a', 'http://', 'http:///', 'http:a', 'http:/a', 'https://', 'HTTP://', 'ht tp://a', '1http://a', ':a', '://a', 'http://a b/', 'http://a%zz/', 'http://[::1', 'http://[::1]x/', 'http://[::1%zz]/', 'http://a:b/', 'http://a:-1/', 'http://127.0.0.1:0/', 'http://127.0.0.1:99999/', 'http://127.0.0.1:65536/', 'http://127.0.0.1:1x/', 'http://127.0.0.1:/%zz', 'http://127.0.0.1:1/%zz', 'http://127.0.0.1:1/%', 'http://u:p%zz@a/', 'http://u ser@a/', 'http://a\n/', 'http://a/\x7f', 'http://a/\x00', 'ftp://a/', 'file:///etc/passwd', 'mailto:a@b', 'ws://a/', 'javascript:1', 'data:,x', 'http://a:80:80/', 'http://@/', 'http://:80/', 'http://a?b c', 'http://./', 'http://../', 'http://a..b:1/', '?x', '#x', 'http:\\\\a', 'http://a\\b/', 'unix:/x', 'http+unix://x'])
    show(JSON.stringify(u), () => see(u));
}
