import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const all = (r) => [r.status, r.status_text, r.proto, sort(r.headers), r.cookies, r.body, r.error_code, r.remote_ip, r.remote_port > 0, r.tls_version, r.tls_cipher_suite, r.ocsp, r.timings.looking_up, r.request && Object.keys(r.request)];
  for (const f of ['reset', 'resetearly', 'close', 'halfheaders', 'truncate', 'truncatechunk', 'badstatus', 'shortstatus', 'badproto', 'badheader', 'badlength', 'twolengths', 'badte', 'garbage', 'badchunk', 'badgzip', 'baddeflate', 'badbr', 'badzstd', 'shortgzip', 'emptygzip', 'unknownencoding'])
    show(f, () => { const r = http.get(`${T}/fault/${f}`); return [...all(r), r.error.replace(/\d{5}->/g, 'N->').replace(T.slice(7), 'H')]; });
  for (const f of ['reset', 'truncate', 'truncatechunk', 'badchunk', 'badgzip', 'badzstd', 'shortgzip'])
    for (const t of ['binary', 'none']) show(`${f} ${t}`, () => { const r = http.get(`${T}/fault/${f}`, { responseType: t }); return [r.status, r.error_code, r.body === null ? null : typeof r.body, r.body && r.body.byteLength, r.error.replace(/\d{5}->/g, 'N->').replace(T.slice(7), 'H')]; });
  show('refused', () => all(http.get('http://127.0.0.1:1/')));
  show('dns', () => all(http.get('http://nowhere.invalid/')));
  show('badurl', () => all(http.get('http://[')));
  show('json', () => http.get('http://127.0.0.1:1/').json());
  show('json path', () => http.get('http://127.0.0.1:1/').json('a'));
  show('json badurl', () => http.get('http://[').json());
  show('still', () => http.get(`${T}/get`).status);
}
