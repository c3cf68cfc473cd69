import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const t = (f) => { try { const r = f(); return ['no', r && r.error_code]; } catch (e) { return ['threw', e.name, e.message.replace(/\d{5}->/g, 'N->').replace(T.slice(7), 'H')]; } };
  show('throw refused', () => t(() => http.get('http://127.0.0.1:1/', { throw: true })));
  show('throw false', () => t(() => http.get('http://127.0.0.1:1/', { throw: false })));
  show('throw 1', () => t(() => http.get('http://127.0.0.1:1/', { throw: 1 })));
  show('throw url', () => t(() => http.get('http://[', { throw: true })));
  show('throw timeout', () => t(() => http.get(`${T}/fault/hang`, { throw: true, timeout: 50 })));
  show('throw bad timeout', () => t(() => http.get(`${T}/get`, { throw: true, timeout: 'x' })));
  show('throw status', () => t(() => http.get(`${T}/status/500`, { throw: true })));
  show('throw upgrade', () => t(() => http.get(`${T}/fault/upgrade`)));
  show('throw batch', () => t(() => http.batch([['GET', 'http://127.0.0.1:1/', null, { throw: true }]])));
  show('throw gzip', () => t(() => http.get(`${T}/fault/badgzip`, { throw: true })));
}
