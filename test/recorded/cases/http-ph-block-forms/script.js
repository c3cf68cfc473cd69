import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export const options = { blockHostnames: ['blocked.test', '*.wild.test', 'UPPER.test', '*.sub.deep.test', 'xn--bcher-kva.test'], hosts: { '*.test': T.slice(7), 'blocked.test': T.slice(7) } };
export default function () {
  const see = (u) => { const r = http.get(u); return [r.status, r.error_code, r.error]; };
  for (const h of ['blocked.test', 'BLOCKED.test', 'blocked.test.', 'x.blocked.test', 'wild.test', 'a.wild.test', 'a.b.wild.test', 'xwild.test', 'upper.test', 'UPPER.TEST', 'sub.deep.test', 'x.sub.deep.test', 'other.test', 'blocked.test:81', 'bücher.test', 'u:p@blocked.test']) show(h, () => see(`http://${h}/get`));
  show('throw', () => http.get('http://blocked.test/', { throw: true }));
  show('redirect', () => see(`${T}/redirect-to?url=http://blocked.test/`));
}
