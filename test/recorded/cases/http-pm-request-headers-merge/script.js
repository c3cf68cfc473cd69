import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const see = (h, b = null) => { const r = http.post(`${T}/rawheaders`, b, { headers: h }); return r.status ? r.json('headers').filter(([k]) => !/^(host|user-agent|connection|accept-encoding)$/i.test(k)) : [r.error]; };
  show('ct form', () => see({ 'content-type': 'text/x' }, { a: 1 }));
  show('ct lower', () => see({ 'CONTENT-TYPE': 'a' }, 'x'));
  show('none', () => see({}, 'x'));
  show('accept', () => see({ Accept: '*/*', 'Accept-Encoding': 'br' }, 'x'));
  show('order', () => see({ Z: '1', A: '2', M: '3' }, 'x'));
  show('same', () => see({ 'x-a': '1', 'X-A': '2' }, 'x').length > 0);
  show('expect', () => see({ Expect: 'x' }, 'x'));
  show('te', () => see({ TE: 'trailers' }, 'x'));
  show('trailer', () => see({ Trailer: 'X-T' }, 'x'));
  show('connection close', () => see({ Connection: 'close' }, 'x'));
  show('upgrade', () => see({ Upgrade: 'foo', Connection: 'upgrade' }, 'x'));
  show('cl', () => see({ 'Content-Length': '1' }, 'x'));
  show('cl bad', () => see({ 'Content-Length': '99' }, 'x'));
  show('tenc', () => see({ 'Transfer-Encoding': 'chunked' }, 'x'));
}
