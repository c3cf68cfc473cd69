import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  http.get(`${T}/redirect/3`);
  http.get(`${T}/redirect/2`, { tags: { name: 'named' } });
  http.get(http.url`${T}/redirect/${1}`);
  http.get(`${T}/redirect-to?url=http://127.0.0.1:1/`);
  http.get(`${T}/redirect/2`, { redirects: 1 });
  http.post(`${T}/redirect-to?url=/status/404&status_code=307`, 'x');
  http.get(`${T}/redirect/1`, { responseCallback: http.expectedStatuses(200) });
  http.get(`${T}/redirect/1`, { responseCallback: null });
  http.get(`${T}/fault/badlocation`);
  http.get(`${T}/fault/nolocation`);
  http.get(`${T}/fault/emptylocation`);
  http.get(`http://u:p@${T.slice(7)}/redirect/1`);
}
