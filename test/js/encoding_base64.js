import encoding, { b64encode, b64decode } from 'k6/encoding';
import { same, throws } from './_expect.js';

// Base64 in its four kinds, from and to strings and buffers, and the byte that an error names.
const bytes = (b) => Array.from(new Uint8Array(b));

export default function () {
  same('the same functions', encoding.b64encode === b64encode, true);
  same('plain', b64encode('hello world'), 'aGVsbG8gd29ybGQ=');
  same('utf-8', b64encode('žluť €'), 'xb5sdcWlIOKCrA==');
  same('kinds', ['std', 'rawstd', 'url', 'rawurl', 'other', undefined].map((k) => b64encode('a?>~', k)), ['YT8+fg==', 'YT8+fg', 'YT8-fg==', 'YT8-fg', 'YT8+fg==', 'YT8+fg==']);
  same('buffers', [b64encode(new Uint8Array([1, 2, 255]).buffer), b64encode(new Uint8Array([0, 1, 2, 255]).subarray(1)), b64encode('')], ['AQL/', 'AQL/', '']);
  same('as text', [b64decode('aGVsbG8=', 'std', 's'), b64decode('aGVsbG8', 'rawstd', 's'), b64decode('YT8-fg==', 'url', 's'), b64decode('YT8-fg', 'rawurl', 's')], ['hello', 'hello', 'a?>~', 'a?>~']);
  same('as a buffer', [bytes(b64decode('AQL/')), bytes(b64decode('')), b64decode('AQL/') instanceof ArrayBuffer], [[1, 2, 255], [], true]);
  same('line ends', b64decode('aGVs\r\nbG8=\n', 'std', 's'), 'hello');
  same('no UTF-8', b64decode('/w==', 'std', 's'), '\ufffd');
  same('nothing', [b64encode(''), b64decode(undefined, 'std', 's')], ['', '']);
  throws('bad character', () => b64decode('aGV$'), 'illegal base64 data at input byte 3');
  throws('no padding', () => b64decode('aGVsbG8'), 'illegal base64 data at input byte 4');
  throws('padding', () => b64decode('aGVsbG8=', 'rawstd'), 'illegal base64 data at input byte 7');
  throws('number', () => b64encode(5), 'invalid type int64, expected string, []byte or ArrayBuffer');
  throws('nothing at all', () => b64encode(), 'invalid type <nil>');
}
