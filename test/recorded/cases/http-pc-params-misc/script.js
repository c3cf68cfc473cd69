import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const see = (p) => { const r = http.get(`${T}/bytes/3`, p); return [r.status, r.error, r.body === null ? null : typeof r.body === 'object' ? r.body.byteLength : r.body.length]; };
  for (const v of ['text', 'binary', 'none', 'TEXT', 'Binary', '', 'json', null, undefined, 0, 1, {}, ['text'], true]) show(`rt ${String(v)}`, () => see({ responseType: v }));
  for (const v of ['basic', 'digest', 'ntlm', 'Digest', 'NTLM', '', 'x', null, undefined, 5, {}]) show(`auth ${String(v)}`, () => see({ auth: v }));
  for (const v of [true, false, 'x', '', 0, 1, null, undefined, {}, []]) show(`throw ${String(v)}`, () => { const r = http.get('http://127.0.0.1:1/', { throw: v }); return [r.status, r.error]; });
  for (const v of [null, undefined, {}, 'x', 5, http.cookieJar(), new http.CookieJar(), [], true]) show(`jar ${Object.prototype.toString.call(v)}`, () => see({ jar: v }));
  for (const v of [null, undefined, http.expectedStatuses(200), http.expectedStatuses(404), {}, 'x', 200, () => true, [200], true, NaN]) show(`rc ${Object.prototype.toString.call(v)}`, () => see({ responseCallback: v }));
  for (const v of ['gzip', 'GZIP', ' gzip ', 'gzip,', ',gzip', 'gzip,,br', 'gzip;br', 'identity', 'none', null, undefined, 5, true, ['gzip', 'br'], {}]) show(`comp ${String(v)}`, () => { const r = http.post(`${T}/post`, 'some text here', { compression: v }); return [r.status, r.error, r.request && r.body.length ? [r.json('headers.Content-Encoding'), r.json('data'), r.json('decoded')] : null]; });
  for (const v of [null, undefined, 5, 'str', true, [], () => 1, new Map(), Symbol('a')]) show(`params ${Object.prototype.toString.call(v)}`, () => { const r = http.get(`${T}/bytes/3`, v); return [r.status, r.error]; });
  show('inherited', () => see(Object.create({ responseType: 'none' })));
  show('getter', () => see({ get responseType() { return 'none'; } }));
  show('throwing getter', () => see({ get responseType() { throw new Error('mine'); } }));
  show('frozen', () => see(Object.freeze({ responseType: 'none' })));
  show('proxy', () => see(new Proxy({}, { ownKeys: () => ['responseType'], getOwnPropertyDescriptor: () => ({ value: 'none', enumerable: true, configurable: true }), get: () => 'none' })));
  show('throwing toString', () => http.get(`${T}/get`, { headers: { a: { toString() { throw new Error('mine'); } } } }).status);
}
