import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const u = `${T}/anything`;
  show('get 3', () => { const r = http.get(u, { headers: { a: 'b' } }, 'third'); return [r.status, r.json('data')]; });
  show('head 3', () => http.head(u, {}, 1, 2).status);
  show('request GET body', () => { const r = http.request('GET', u, 'b'); return [r.json('data'), r.json('headers.Content-Length')]; });
  show('request GET form', () => { const r = http.request('GET', u, { a: 1 }); return [r.json('data'), r.json('form')]; });
  show('del body', () => http.del(u, { a: 1 }).json('data'));
  show('delete', () => http.delete);
  show('options body', () => http.options(u, 'x').json('data'));
  show('get body as params', () => http.get(u, 'x').status);
  show('get num', () => http.get(u, 5).status);
  show('get arr', () => http.get(u, [1]).status);
  show('noargs get', () => { const r = http.get(); return [r.status, r.error, r.error_code, r.url, r.body, r.request]; });
  show('noargs request', () => { const r = http.request(); return [r.status, r.error, r.error_code]; });
  show('noargs post', () => { const r = http.post(); return [r.status, r.error, r.error_code]; });
  show('request 1', () => { const r = http.request('GET'); return [r.status, r.error, r.error_code]; });
}
