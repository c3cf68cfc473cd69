// Objects of k6/http with fixed fields: what is assigned becomes what the field holds, no field comes or goes.
import http from 'k6/http';
import { same, throws } from './_expect.js';

const T = __ENV.TARGET;

export default function () {
  const f = http.file('data', 'name', 'type');
  same('in order', f, { data: 'data', filename: 'name', content_type: 'type' });
  f.filename = 5;
  f.content_type = { a: 1 };
  f.data = undefined;
  same('texts, or anything', f, { data: null, filename: '5', content_type: '[object Object]' });
  f.filename = null;
  same('nothing', f.filename, '');
  f.content_type = Symbol('word');
  same('a symbol', f.content_type, 'word');
  throws('a new field', () => { f.other = 1; }, '');
  throws('a field less', () => { delete f.data; }, '');
  throws('a getter', () => Object.defineProperty(f, 'filename', { get() { return 'x'; } }), '');
  throws('a value that throws', () => { f.filename = { toString() { throw new Error('mine'); } }; }, 'mine');
  same('a copy', { ...f }, { data: null, filename: '', content_type: 'word' });
  same('a descriptor', Object.getOwnPropertyDescriptor(f, 'filename'), { value: '', writable: true, enumerable: true, configurable: false });
  same('a symbol as data', http.file(Symbol('word'), 'n').data, 'word');

  const r = http.get(`${T}/text`, { cookies: { a: 'b' } });
  const names = Object.keys(r.timings);
  same('timings', names, ['duration', 'blocked', 'looking_up', 'connecting', 'tls_handshaking', 'sending', 'waiting', 'receiving']);
  r.timings.duration = '5';
  same('a number', r.timings.duration, 5);
  r.timings = { waiting: '7', other: 1 };
  same('all of them', [Object.keys(r.timings), r.timings.waiting, r.timings.duration], [names, 7, 0]);
  r.timings = null;
  same('none', [Object.keys(r.timings), r.timings.waiting], [names, 0]);
  throws('no object', () => { r.timings = 5; }, '');
  r.ocsp.status = 5;
  same('ocsp', r.ocsp.status, '5');
  same('kept', [r.request === r.request, r.timings === r.timings, r.ocsp === r.ocsp], [true, true, true]);
  r.request.method = 7;
  same('the request', [r.request.method, r.request.cookies.a[0]], ['7', { name: 'a', value: 'b', replace: false }]);
  r.request.cookies.a[0].replace = 'x';
  same('a truth', r.request.cookies.a[0].replace, true);
  r.request = { method: 'X' };
  same('another request', [r.request.method, r.request.url, Object.keys(r.request)], ['X', '', ['method', 'url', 'headers', 'body', 'cookies']]);
  r.request = undefined;
  same('no request', r.request, null);
  throws('a text as request', () => { r.request = 'x'; }, '');
  r.cookies = null;
  same('no cookies', r.cookies, {});
  throws('cookies without lists', () => { r.cookies = { a: 'b' }; }, '');
  r.body = undefined;
  same('no body', r.body, null);
  const own = http.get(`${T}/text`);
  own.timings.waiting = own; // a cycle would be one more way to leak; it is a number
  same('not a cycle', Number.isNaN(own.timings.waiting), true);
  f.data = f; // this one is a cycle
}
