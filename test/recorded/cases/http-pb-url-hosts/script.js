import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export const options = { hosts: { 'ipv6.test': '[::1]:1', 'xn--bcher-kva.test': T.slice(7), 'upper.test': T.slice(7), 'dot.test': T.slice(7), 'a_b.test': T.slice(7) } };
export default function () {
  const see = (u, p) => { const r = http.get(u, p); return [r.status, r.error_code, r.error.replace(/\d{5}/g, 'N'), r.body && r.body.length ? r.json('host') : null, r.url, r.remote_ip]; };
  show('v6', () => see('http://[::1]:1/'));
  show('v6 zone', () => see('http://[fe80::1%25lo]:1/'));
  show('v6 full', () => see('http://[0:0:0:0:0:0:0:1]:1/'));
  show('v6 mapped', () => see(`http://[::ffff:127.0.0.1]:${T.split(':')[2]}/get`));
  show('idn', () => see('http://bücher.test/get'));
  show('puny', () => see('http://xn--bcher-kva.test/get'));
  show('upper', () => see('http://UPPER.TEST/get'));
  show('trailing dot', () => see('http://dot.test./get'));
  show('underscore', () => see('http://a_b.test/get'));
  show('decimal', () => see('http://2130706433:1/'));
  show('hex', () => see('http://0x7f.1:1/'));
  show('short', () => see('http://127.1:1/'));
  show('leading zero', () => see('http://127.0.0.01:1/'));
  show('port empty', () => see('http://upper.test:/get'));
  show('port 080', () => see('http://127.0.0.1:0001/'));
  show('pct host', () => see('http://%6cocalhost:1/'));
  show('pct bad host', () => see('http://a%20b/'));
  show('localhost', () => see(`http://localhost:${T.split(':')[2]}/get`));
  show('0.0.0.0', () => see(`http://0.0.0.0:${T.split(':')[2]}/get`));
}
