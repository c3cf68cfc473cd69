import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const jar = http.cookieJar();
  const see = (u, p) => { const r = http.get(u, p); return [r.status, r.url.replace(T, 'T'), sort(r.json('cookies')), Object.keys(r.cookies).sort(), JSON.stringify(sort(jar.cookiesForURL(T)))]; };
  show('set', () => see(`${T}/cookies/set?a=1`));
  show('set path', () => see(`${T}/cookies/set?b=2&_path=/cookies`));
  show('other path', () => see(`${T}/cookies/set?c=3&_path=/other`));
  show('secure', () => see(`${T}/cookies/set?d=4&_secure=1`));
  show('expired', () => see(`${T}/cookies/set?a=1&_max_age=0`));
  show('param', () => see(`${T}/cookies/set?e=5`, { cookies: { e: 'mine' } }));
  show('param replace', () => see(`${T}/cookies/set?f=6`, { cookies: { f: { value: 'mine', replace: true } } }));
  show('no jar', () => { const r = http.get(`${T}/cookies/set?g=7`, { jar: null }); return [r.status, sort(r.json('cookies'))]; });
  show('own jar', () => { const j = new http.CookieJar(); const r = http.get(`${T}/cookies/set?h=8`, { jar: j }); return [sort(r.json('cookies')), sort(j.cookiesForURL(T)), jar.cookiesForURL(T).h]; });
  show('stay', () => { const r = http.get(`${T}/cookies/set?i=9&_stay=404`); return [r.status, r.cookies.i && r.cookies.i[0].value, jar.cookiesForURL(T).i]; });
  show('no redirects', () => { const r = http.get(`${T}/cookies/set?k=1`, { redirects: 0 }); return [r.status, Object.keys(r.cookies), jar.cookiesForURL(T).k]; });
  show('delete', () => see(`${T}/cookies/delete?a&b&e`));
}
