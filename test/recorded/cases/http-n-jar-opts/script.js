import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export default function () {
  const jar = new http.CookieJar();
  let i = 0;
  const s = (o, u) => { const n = 'k' + (++i); t(n + ' ' + (typeof o === 'object' && o ? j(o) : String(o)), () => jar.set(u || T, n, 'v', o)); };
  s(null); s(undefined); s(5); s('str'); s([1]); s(true); s({}); s(() => 1);
  s({ path: '/anything' }); s({ path: 'x' }); s({ path: '' }); s({ path: null }); s({ path: 5 }); s({ PATH: '/up' });
  s({ domain: '127.0.0.1' }); s({ domain: 'localhost' }); s({ domain: '.127.0.0.1' }); s({ domain: null }); s({ domain: undefined }); s({ domain: '' });
  s({ expires: '' }); s({ expires: null }); s({ expires: 'soon' }); s({ expires: 'Mon, 02 Jan 2040 15:04:05 GMT' }); s({ expires: 'Mon, 02 Jan 2006 15:04:05 GMT' });
  s({ expires: '2040-01-02T15:04:05Z' }); s({ expires: 'Monday, 02-Jan-40 15:04:05 GMT' }); s({ expires: 'Mon, 2 Jan 2040 15:04:05 GMT' }); s({ expires: 'Mon, 02 Jan 2040 15:04:05 UTC' }); s({ expires: 'Mon, 02 Jan 2040 15:04:05 MST' }); s({ expires: 'Tue, 02 Jan 2040 15:04:05 GMT' }); s({ expires: new Date(0) }); s({ expires: new Date(0).toUTCString() }); s({ expires: 5 });
  s({ expires: 'Mon, 32 Jan 2040 15:04:05 GMT' }); s({ expires: 'Mon, 02 Foo 2040 15:04:05 GMT' }); s({ expires: 'mon, 02 jan 2040 15:04:05 gmt' }); s({ expires: ' Mon, 02 Jan 2040 15:04:05 GMT' }); s({ expires: 'Mon, 02 Jan 2040 15:04:05 GMT ' }); s({ expires: 'Mon, 02 Jan 2040 25:04:05 GMT' }); s({ expires: 'Mon, 02 Jan 2040 15:04:05' }); s({ expires: 'Mon, 02 Jan 2040 15:04:05 GMT+2' }); s({ expires: 'Mon, 30 Feb 2040 15:04:05 GMT' }); s({ expires: 'Mon, 02 Jan 2040 15:04:05.5 GMT' });
  s({ max_age: 0 }); s({ max_age: -1 }); s({ max_age: 100 }); s({ max_age: '100' }); s({ max_age: 'x' }); s({ max_age: 1.9 }); s({ max_age: null }); s({ max_age: NaN }); s({ max_age: Infinity }); s({ max_age: 1e30 }); s({ maxAge: -1 }); s({ 'max-age': -1 }); s({ Max_Age: -1 });
  s({ secure: true }); s({ secure: 'false' }); s({ secure: 0 }); s({ http_only: true }); s({ httpOnly: true }); s({ samesite: 'Strict' });
  s({ get path() { throw new RangeError('p'); } });
  t('all', () => Object.keys(jar.cookiesForURL(T)).sort());
  t('anything', () => Object.keys(jar.cookiesForURL(T + '/anything/x')).sort());
  t('up', () => Object.keys(jar.cookiesForURL(T + '/up')).sort());
  t('https', () => Object.keys(jar.cookiesForURL(T.replace('http:', 'https:'))).sort());
  t('order', () => http.get(T + '/cookies', { jar }).request.headers.Cookie);
}

