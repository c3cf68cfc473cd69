import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const q = (s) => { const r = http.get(`${T}/response-headers?${s}`); return Object.fromEntries(Object.keys(r.headers).filter((k) => !['Connection', 'Keep-Alive', 'Content-Length', 'Content-Type', 'Server'].includes(k)).sort().map((k) => [k, r.headers[k]])); };
  show('one', () => q('X-A=1'));
  show('lower', () => q('x-lower=1'));
  show('many', () => q('X-A=1&X-A=2&X-A=3'));
  show('cookies', () => q('Set-Cookie=a%3Db&Set-Cookie=c%3Dd'));
  show('comma', () => q('X-A=1%2C2&X-A=3'));
  show('empty', () => q('X-A='));
  show('spaces', () => q('X-A=%20%20x%20%20'));
  show('latin', () => q('X-A=%C3%A9'));
  show('proto', () => q('__proto__=x&constructor=y&toString=z'));
  show('num', () => q('5=x'));
  show('under', () => q('x_y-z=1'));
  show('date', () => q('Date=x&Last-Modified=y'));
  show('ct', () => { const r = http.get(`${T}/no-content-type`); return [r.headers['Content-Type'], r.body]; });
  show('trailers', () => { const r = http.get(`${T}/trailers`); return [r.body, r.headers['X-Sum'], r.headers.Trailer, r.headers['Transfer-Encoding']]; });
  show('chunked', () => { const r = http.get(`${T}/chunks/2`); return [r.body, r.headers['Transfer-Encoding'], r.headers['Content-Length']]; });
  show('head', () => { const r = http.head(`${T}/json`); return [r.status, r.body, r.headers['Content-Length'] > 100]; });
  show('1xx', () => { const r = http.get(`${T}/1xx`); return [r.status, r.body, r.headers.Link, r.headers['X-Early']]; });
  show('http10', () => { const r = http.get(`${T}/http10`); return [r.status, r.proto, r.body, sort(r.headers)]; });
  for (const [c, s] of [[200, 'All%20Good'], [299, ''], [404, 'Nope'], [600, 'Odd'], [999, 'X'], [100, 'C'], [200, '%E9'], [200, '%20two%20%20spaces%20']]) show(`reason ${c} ${s}`, () => { const r = http.get(`${T}/reason?code=${c}&reason=${s}`, { timeout: 1500 }); return [r.status, r.status_text, r.error]; });
  for (const c of ['0200', '20', '2000', 'abc', '-200', '+200', '000', '099']) show(`code ${c}`, () => { const r = http.get(`${T}/reason?code=${c}&reason=X`); return [r.status, r.status_text, r.error]; });
}
