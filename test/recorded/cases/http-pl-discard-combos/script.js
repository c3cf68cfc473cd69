import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export const options = { discardResponseBodies: true };
export default function () {
  const see = (p, path = '/json') => { const r = http.get(`${T}${path}`, p); let j; try { j = typeof r.json(); } catch (e) { j = e.message; } return [r.status, r.body === null ? null : typeof r.body, j, r.headers['Content-Length']]; };
  for (const t of [undefined, null, 'text', 'binary', 'none', '']) show(String(t), () => see({ responseType: t }));
  show('no params', () => see());
  show('fault', () => see({}, '/fault/badgzip'));
  show('truncated', () => { const r = http.get(`${T}/fault/truncate`); return [r.status, r.error_code, r.error, r.body]; });
  show('post', () => { const r = http.post(`${T}/post`, 'x'); return [r.status, r.body, r.request.body]; });
  show('batch', () => http.batch([`${T}/json`, { url: `${T}/json`, params: { responseType: 'text' } }]).map((r) => r.body === null));
  show('selector', () => { try { return http.get(`${T}/json`).json('title'); } catch (e) { return e.message; } });
}
