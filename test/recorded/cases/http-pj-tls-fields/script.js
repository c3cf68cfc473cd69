import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export const options = { insecureSkipTLSVerify: true, systemTags: ['status', 'method', 'tls_version', 'ocsp_status', 'proto', 'ip', 'expected_response'] };
export default function () {
  const r = http.get(`${S}/tls`);
  show('r', () => [r.status, r.proto, r.tls_version, r.tls_cipher_suite, r.ocsp, r.remote_ip, r.json('sni'), r.json('alpn'), r.timings.tls_handshaking > 0]);
  const r2 = http.get(`${S}/tls`);
  show('r2', () => [r2.tls_version, r2.tls_cipher_suite, r2.timings.tls_handshaking, r2.timings.connecting]);
  show('localhost', () => { const x = http.get(`https://localhost:${S.split(':')[2]}/tls`); return [x.status, x.json('sni')]; });
  show('redirect to http', () => { const x = http.get(`${S}/redirect-to?url=${T}/rawheaders`); return [x.status, x.tls_version, x.json('headers').filter((h) => h[0] === 'Referer')]; });
  show('redirect to https', () => { const x = http.get(`${T}/redirect-to?url=${S}/rawheaders`); return [x.status, x.tls_version, x.json('headers').filter((h) => h[0] === 'Referer').length]; });
  show('plain', () => { const x = http.get(`${T}/get`); return [x.tls_version, x.tls_cipher_suite, x.ocsp]; });

  show('tls to http port', () => { const x = http.get(T.replace('http', 'https')); return [x.status, x.error_code, x.error]; });
  show('faults', () => ['truncate', 'badstatus'].map((f) => { const x = http.get(`${S}/fault/${f}`); return [x.status, x.error_code, x.error.replace(/\d{5}->/, 'N->').split(S.slice(8)).join('H')]; }));
}
