import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export default function () {
  const jar = new http.CookieJar();
  const c = (u) => t(u, () => jar.cookiesForURL(u));
  let i = 0;
  const s = (u, d) => t(u + ' ' + d, () => jar.set(u, 'c' + (++i), String(d), { domain: d }));
  s('http://a.example.com/', 'example.com'); s('http://a.example.com/', '.example.com'); s('http://a.example.com/', 'a.example.com'); s('http://a.example.com/', 'b.example.com'); s('http://a.example.com/', 'com'); s('http://a.example.com/', 'EXAMPLE.COM'); s('http://a.example.com/', 'example.com.'); s('http://a.example.com/', '..example.com'); s('http://a.example.com/', '.'); s('http://a.example.com:8080/', 'example.com');
  s('http://localhost/', 'localhost'); s('http://com/', 'com'); s('http://a.co.uk/', 'co.uk'); s('http://10.0.0.1/', '0.0.1'); s('http://[::1]/', '::1'); s('http://[::1]/', ''); s('http://[::1]:80/', '[::1]'); s('http://Bücher.example/', 'bücher.example'); s('http://xn--bcher-kva.example/', 'xn--bcher-kva.example'); s('http://A.Example.COM/', '');s('http://a.example.com./', '');
  for (const u of ['http://a.example.com/', 'http://example.com/', 'http://b.example.com/', 'http://x.a.example.com/', 'http://A.EXAMPLE.com/', 'http://a.example.com.', 'https://a.example.com:444/x', 'http://localhost/', 'http://com', 'http://a.co.uk', 'http://10.0.0.1/', 'http://[::1]/', 'http://[::1]:99/', 'http://bücher.example/', 'http://xn--bcher-kva.example/', 'http://x.xn--bcher-kva.example/', 'http://aexample.com/', '//a.example.com/', 'a.example.com', 'ws://a.example.com', 'http://user:pw@a.example.com/']) c(u);
}

