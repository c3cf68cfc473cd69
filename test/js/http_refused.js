//# err: error="unknown request body type int64"
//# err: error="invalid URL: parse
//# err: error="Get \\"http://127.0.0.1:1/\\": dial tcp 127.0.0.1:1: connect: connection refused"
//# not-err: level=error
import http from 'k6/http';
import { same, throws } from './_expect.js';

const T = __ENV.TARGET;
const what = (r) => [r.status, r.error_code, r.error];

export default function () {
  for (const [body, type] of [[5, 'int64'], [1.5, 'float64'], [true, 'bool'], [[1], '[]interface {}'], [new Date(), 'time.Time'], [() => 1, 'func(sobek.FunctionCall) sobek.Value']])
    same(type, what(http.post(`${T}/echo`, body)), [0, 0, `unknown request body type ${type}`]);
  for (const [params, error] of [
    [{ timeout: null }, 'invalid timeout value: unable to use type <nil> as a duration value'],
    [{ timeout: true }, 'invalid timeout value: unable to use type bool as a duration value'],
    [{ responseType: 'json' }, 'json does not belong to ResponseType values'],
    [{ responseCallback: 200 }, 'unsupported responseCallback'],
    [{ tags: { a: {} } }, "invalid HTTP request metric tags: invalid value for metric tag 'a': only String, Boolean and Number types are accepted as a metric tag values"],
  ])
    same(error, what(http.get(`${T}/text`, params)), [0, 0, error]);
  for (const [url, error] of [[undefined, "invalid URL: '#<nil>'"], [5, "invalid URL: '#5'"], [{ a: 1 }, "invalid URL: '#map[a:1]'"], ['http://[bad', 'invalid URL: parse "http://[bad": missing \']\' in host']]) {
    const r = http.get(url);
    same(String(url), what(r), [0, 1020, error]);
    same('an unsent response', [r.request, r.url, r.headers, r.cookies, r.body, r.timings.duration], [null, '', {}, {}, [], 0]);
  }
  const refused = http.get('http://127.0.0.1:1/');
  same('refused', what(refused), [0, 1212, 'dial: connection refused']);
  same('refused', [refused.body, refused.proto, refused.url, refused.status_text, typeof refused.request], [null, '', 'http://127.0.0.1:1/', '', 'object']);
  same('at once', what(http.get(`${T}/text`, { timeout: 0 })), [0, 1050, 'request timeout']);
  same('too late', what(http.get(`${T}/faults/hang`, { timeout: '20ms' })), [0, 1050, 'request timeout']);
  throws('throw', () => http.get('http://127.0.0.1:1/', { throw: true }), 'Get "http://127.0.0.1:1/": dial tcp 127.0.0.1:1: connect: connection refused');
  throws('a getter of params', () => http.get(`${T}/text`, { get headers() { throw new Error('mine'); } }), 'mine');
  throws('a header that is no text', () => http.get(`${T}/text`, { headers: { a: Object.create(null) } }), '');
  same('a symbol is its description', http.get(`${T}/text`, { headers: { a: Symbol('s') } }).request.headers.A, ['s']);
  for (const f of ['reset', 'close', 'truncate', 'badheader', 'badchunk', 'badgzip', 'garbage', 'reset-body']) {
    const r = http.get(`${T}/faults/${f}`);
    if (r.status !== 0 || r.error_code < 1000 || r.error === '') throw new Error(`${f}: ${JSON.stringify(what(r))}`);
  }
}
