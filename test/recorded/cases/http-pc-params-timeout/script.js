import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const see = (timeout) => { const r = http.get(`${T}/get`, { timeout }); return [r.status, r.error_code, r.error]; };
  const t = { ms: 5000, s: '5s', m: '1m', mix: '1m30s', f: '1.5s', numstr: '5000', fnum: 5000.5, zero: 0, zerostr: '0', zeros: '0s', neg: -1, negs: '-5s', empty: '', space: ' ', word: 'abc', unit: '5x', d: '1d', d2: '1d2h', ms2: '500ms', us: '999999us', ns: '999999999ns', mu: '999999µs', nul: null, und: undefined, t: true, f2: false, arr: [5], obj: {}, nan: NaN, inf: Infinity, big: 1e30, dec: '.5s', plus: '+5s', date: new Date(0), strobj: new String('5s'), numobj: new Number(5000), bigint: 5000n, sci: '1e3' };
  for (const k of Object.keys(t)) show(k, () => see(t[k]));
  show('hang', () => { const r = http.get(`${T}/fault/hang`, { timeout: 100 }); return [r.status, r.error_code, r.error, r.body, r.url === `${T}/fault/hang`, r.timings.waiting > 50, r.timings.receiving]; });
  show('hangbody', () => { const r = http.get(`${T}/fault/hangbody`, { timeout: 150 }); return [r.status, r.error_code, r.error, r.body, r.headers, r.timings.receiving > 50]; });
  show('hangbody none', () => { const r = http.get(`${T}/fault/hangbody`, { timeout: 150, responseType: 'none' }); return [r.status, r.error_code, r.error, r.body]; });
  show('hangbody binary', () => { const r = http.get(`${T}/fault/hangbody`, { timeout: 150, responseType: 'binary' }); return [r.status, r.error_code, r.body && r.body.byteLength]; });
  show('over redirects', () => { const r = http.get(`${T}/redirect-to?url=/fault/hang`, { timeout: 200 }); return [r.status, r.error_code, r.url === `${T}/fault/hang`]; });
  show('throw', () => http.get(`${T}/fault/hang`, { timeout: 100, throw: true }));
  show('throw body', () => http.get(`${T}/fault/hangbody`, { timeout: 100, throw: true }));
}
