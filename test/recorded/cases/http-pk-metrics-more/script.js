import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  try { http.get(`${T}/fault/upgrade`); } catch (e) { console.log(String(e)); }
  http.get(`${T}/get`, { timeout: 0 }); http.get(`${T}/fault/hang`, { timeout: 50 });
  http.batch([`${T}/get`, 'http://127.0.0.1:1/', `${T}/status/404`]);
  http.batch([`${T}/get`, 'http://[']);
  http.request('', `${T}/get`); http.request('weird', `${T}/get`); http.request('a b', `${T}/get`);
  http.get(`${T}/get`, { tags: { proto: 'x', status: 'y', method: 'z', url: 'u', expected_response: 'e', error: 'q', error_code: 'c', tls_version: 't', ip: 'i' } });
  http.get(`${T}/get#frag`); http.get(`${T}/get?a=b c&d=é`); http.get(`${T}/anything/é/ü b`); http.get(`${T}`); http.get(T.toUpperCase().replace('HTTP', 'HTTP'));
}
