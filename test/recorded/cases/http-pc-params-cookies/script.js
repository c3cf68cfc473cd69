import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const see = (cookies, more) => { const r = http.get(`${T}/rawheaders`, { cookies, ...more }); const c = r.json('headers').filter((h) => h[0] === 'Cookie').map((h) => h[1].split('; ').sort()); const rc = sort(r.request.cookies); return [r.status, r.error, c, rc]; };
  http.cookieJar().set(T, 'jar', 'j');
  const h = { plain: { a: 'b' }, two: { a: '1', b: '2' }, num: { a: 5 }, bool: { a: true }, nul: { a: null }, und: { a: undefined }, obj: { a: { value: 'v' } }, rep: { jar: { value: 'v', replace: true } }, norep: { jar: 'v' }, norep2: { jar: { value: 'v', replace: false } }, reptruthy: { jar: { value: 'v', replace: 'yes' } }, repzero: { jar: { value: 'v', replace: 0 } }, caps: { jar: { Value: 'V', REPLACE: true } }, novalue: { jar: { replace: true } }, emptyobj: { a: {} }, numval: { a: { value: 5 } }, nulval: { a: { value: null } }, undval: { a: { value: undefined } }, arr: { a: ['x', 'y'] }, date: { a: new Date(0) }, empty: { a: '' }, space: { a: 'x y' }, comma: { a: 'x,y' }, quote: { a: 'x"y' }, quoted: { a: '"xy"' }, semi: { a: 'x;y' }, uni: { a: 'é日' }, back: { a: 'x\\y' }, eq: { a: 'x=y=z' }, nl: { a: 'x\ny' }, badname: { 'a b': 'x' }, badname2: { 'a;b': 'x' }, badname3: { 'a=b': 'x' }, uniname: { 'é': 'x' }, emptyname: { '': 'x' }, nlname: { 'a\nb': 'x' }, string: 'ab', array: ['x'], number: 5, nullc: null, undc: undefined, map: new Map([['a', 'b']]) };
  for (const k of Object.keys(h)) show(k, () => see(h[k]));
  show('header too', () => see({ a: 'b' }, { headers: { Cookie: 'h=1' } }));
  show('header same', () => see({ h: 'b' }, { headers: { Cookie: 'h=1' } }));
  show('header replace', () => see({ h: { value: 'b', replace: true } }, { headers: { Cookie: 'h=1' } }));
  show('own jar', () => { const j = new http.CookieJar(); j.set(T, 'own', 'o'); return see({ a: 'b' }, { jar: j }); });
  show('own jar rep', () => { const j = new http.CookieJar(); j.set(T, 'own', 'o'); return see({ own: { value: 'b', replace: true } }, { jar: j }); });
  show('jar null', () => see({ a: 'b' }, { jar: null }));
  show('stays', () => sort(http.cookieJar().cookiesForURL(T)));
}
