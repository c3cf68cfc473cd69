import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export const options = { throw: true };
export default function () {
  const t = (f) => { try { const r = f(); return ['no', r && r.error_code]; } catch (e) { return ['threw', e.name, e.message]; } };
  show('refused', () => t(() => http.get('http://127.0.0.1:1/')));
  show('param false', () => t(() => http.get('http://127.0.0.1:1/', { throw: false })));
  show('url', () => t(() => http.get('http://[')));
  show('batch', () => t(() => http.batch(['http://127.0.0.1:1/'])));
  show('batch url', () => t(() => http.batch(['http://['])));
  http.get('http://127.0.0.1:1/last');
}
