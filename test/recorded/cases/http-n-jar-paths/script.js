import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export default function () {
  const jar = new http.CookieJar();
  let i = 0;
  const s = (u, p) => t(u + ' ' + p, () => jar.set(u, 'c' + (++i), String(p), p === undefined ? undefined : { path: p }));
  const B = 'http://h.test';
  s(B + '/a/b/c'); s(B + '/a'); s(B); s(B + '/a/'); s(B + '/a/b?x=/y/z'); s(B + '/a/b', '/a'); s(B + '/x', '/a/'); s(B + '/x', '/a/b'); s(B, '/A'); s(B, '/a%20b'); s(B, '/a b'); s(B + '/%61/q');
  for (const p of ['', '/', '/a', '/a/', '/ab', '/a/b', '/a/b/', '/a/b/c', '/a/b/c/d', '/A', '/A/x', '/a%20b', '/a b/', '/%61', '/%61/x', '/a//b', '/a/../a/b']) t(p, () => { const r = jar.cookiesForURL(B + p); return Object.keys(r).sort().map((k) => k + '=' + r[k]); });
  jar.set(B + '/a', 'same', '1', { path: '/' }); jar.set(B + '/a', 'same', '2', { path: '/a' }); jar.set(B + '/a', 'same', '3', { path: '/a/b' });
  t('same', () => jar.cookiesForURL(B + '/a/b/c').same);
  jar.set(B + '/', 'same', '4', { path: '/a' });
  t('same', () => jar.cookiesForURL(B + '/a/b/c').same);
  jar.delete(B + '/', 'same');
  t('del', () => jar.cookiesForURL(B + '/a/b/c').same);
  jar.delete(B + '/a/b/x', 'same');
  t('del2', () => jar.cookiesForURL(B + '/a/b/c').same);
  jar.clear(B + '/a/b/c');
  t('clear', () => jar.cookiesForURL(B + '/a/b/c'));
}

