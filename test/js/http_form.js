import http from 'k6/http';
import { same, throws } from './_expect.js';

const T = __ENV.TARGET;
const f = http.file('content', 'a "b".txt', 'text/x');

export default function () {
  same('file', f, { data: 'content', filename: 'a "b".txt', content_type: 'text/x' });
  same('defaults', [http.file('x').content_type, /^\d{15,}$/.test(http.file('x').filename)], ['application/octet-stream', true]);
  throws('not a list', () => http.file([1]), 'invalid type []interface {}, expected string or ArrayBuffer');
  throws('nothing', () => http.file(), 'invalid type <nil>');
  const r = http.post(`${T}/echo`, { field: ['x', 1], bytes: http.file(new Uint8Array([65, 66]).buffer, 'b.bin'), file: f });
  const type = r.request.headers['Content-Type'][0];
  const boundary = /^multipart\/form-data; boundary=([0-9a-f]{60})$/.exec(type)[1];
  same('body', r.json('body'), [
    `--${boundary}`, 'Content-Disposition: form-data; name="field"', '', '[x 1]',
    `--${boundary}`, 'Content-Disposition: form-data; name="bytes"; filename="b.bin"', 'Content-Type: application/octet-stream', '', 'AB',
    `--${boundary}`, 'Content-Disposition: form-data; name="file"; filename="a \\"b\\".txt"', 'Content-Type: text/x', '', 'content',
    `--${boundary}--`, '',
  ].join('\r\n'));
}
