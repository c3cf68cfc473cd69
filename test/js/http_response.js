import http from 'k6/http';
import { same, throws } from './_expect.js';

const T = __ENV.TARGET;
export const options = { vus: 2, iterations: 6 };
const NAMES = ['remote_ip', 'remote_port', 'url', 'status', 'status_text', 'proto', 'headers', 'cookies', 'body', 'timings',
  'tls_version', 'tls_cipher_suite', 'ocsp', 'error', 'error_code', 'request'];

export default function () {
  const r = http.get(`${T}/json`);
  same('fields', Object.keys(r).filter((k) => typeof r[k] !== 'function'), NAMES);
  const seen = [];
  for (const k in r) if (typeof r[k] !== 'function') seen.push(k);
  same('for in', seen, NAMES);
  same('scalars', [r.status, r.status_text, r.proto, r.url, r.error, r.error_code, r.tls_version, r.remote_ip, `:${r.remote_port}` === /:\d+$/.exec(T)[0]],
    [200, '200 OK', 'HTTP/1.1', `${T}/json`, '', 0, '', '127.0.0.1', true]);
  same('spread', Object.keys({ ...r }).length, Object.keys(r).length);
  same('stringify', JSON.parse(JSON.stringify(r)).status, 200);
  same('assign', Object.assign({}, r).body, r.body);
  same('in', ['status' in r, 'nonsense' in r, 'toString' in r, r.hasOwnProperty('status'), Object.hasOwn(r, 'toString')], [true, false, true, true, false]);
  same('descriptor', (({ writable, enumerable, value }) => [writable, enumerable, value])(Object.getOwnPropertyDescriptor(r, 'status')), [true, true, 200]);
  same('kind', [r.constructor === Object, `${r}`, r instanceof Object, Object.getPrototypeOf(r) === Object.prototype], [true, '[object Object]', true, true]);
  const { status, json, ...rest } = r;
  same('destructured', [status, json('ok'), rest.status, rest.url], [200, true, undefined, r.url]);
  same('the same each time', [r.headers === r.headers, r.timings === r.timings, r.cookies === r.cookies], [true, true, true]);
  r.headers.Own = 'x';
  same('members can be added to the headers', r.headers.Own, 'x');
  throws('methods stay', () => { r.json = () => 5; }, '');
  r.headers = { A: 1, B: null, C: true };
  same('they are texts, whatever is assigned', r.headers, { A: '1', B: '', C: 'true' });
  r.status = '404.9';
  r.body = '{"a": [1, 2]}';
  r.url = 5;
  same('assigned', [r.status, r.body, r.url, r.json('a.1')], [404, '{"a": [1, 2]}', '5', 2]);
  r.body = null;
  throws('json of nothing', () => r.json(), 'the body is null');
  throws('a new field', () => { r.more = 1; }, '');
  throws('defining', () => Object.defineProperty(r, 'more', { value: 1 }), '');
  throws('deleting', () => { delete r.status; }, '');
  const t = http.get(`${T}/text`).timings;
  same('timings', Object.keys(t), ['duration', 'blocked', 'looking_up', 'connecting', 'tls_handshaking', 'sending', 'waiting', 'receiving']);
  if (!(t.duration > 0 && Math.abs(t.duration - t.sending - t.waiting - t.receiving) < 1e-6)) throw new Error(JSON.stringify(t));
  // what is held on to outlives the iteration
  globalThis.kept = globalThis.kept || [];
  globalThis.kept.push(r, r.json);
}
