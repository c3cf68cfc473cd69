import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export default function () {
  const s = (u, p) => t(u, () => { const r = http.get(u, p); return [r.status, r.error_code, r.error.replace(/\d+: i\/o/, 'N: i/o'), r.url, r.request && r.request.url]; });
  const H = T.replace('http://', '');
  for (const u of ['', ' ', '/x', 'x', '?', '#', 'http:', 'http:/', 'http://', 'http:///x', 'http://:80', 'http://?x', 'http:x', '//' + H + '/get', 'HTTP://' + H + '/get', 'hTTp://' + H, 'ftp://x', 'ws://' + H, 'javascript:x', 'mailto:a@b', '1http://x', ':foo', 'http://[::1', 'http://::1/', 'http://[zz]/', 'http://a b/', 'http://a%20b/', 'http://a%zz/', T + '/%zz', T + '/%', T + '/get?%zz', T + '/get?a=%', T + '/get#%zz', T + '/a\x7fb', T + '/a\tb', T + '/a\nb', T + '/get\r\n', T + '/get\0', ' ' + T + '/get', T + '/get ', 'http://h:port/', 'http://h:/', 'http://h:-1/', 'http://127.0.0.1:99999/', 'http://127.0.0.1:0/', 'http://user@' + H + '/get', 'http://us er@' + H, 'http://a:b:c@' + H + '/get', 'http://@' + H + '/get', 'http://:@' + H + '/get', 'http://a@b@' + H + '/get', 'http://%41:%42@' + H + '/get', 'http://a/b@' + H, 'http://exa mple', 'http://<x>/', 'http://x|y/', 'http://x"y/', 'http://x\\y/', 'http://x^y/', 'http://x`y/', 'http://{x}/', 'http://*/', 'data:text/plain,x', T + '\\get', T + '/get\\x', 'http:\\\\' + H, 'http:/' + H + '/get', 'http:////' + H, '[::1]', 'localhost:80', '127.0.0.1:80', '127.0.0.1', 'a:b', '://x']) s(u);
}

