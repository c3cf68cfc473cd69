//# args: --vus 2 --iterations 4
import { Base64 } from './node_modules/js-base64/base64.mjs';
import qs from './node_modules/qs/dist/qs.js';
import { same } from './_expect.js';

export default function () {
  same('qs.parse', qs.parse('a[b][c]=1&d[]=2&d[]=3&e=%20x'), { a: { b: { c: '1' } }, d: ['2', '3'], e: ' x' });
  same('qs.stringify', qs.stringify({ a: { b: 'c d' }, l: [1, 2], n: null, u: undefined }), 'a%5Bb%5D=c%20d&l%5B0%5D=1&l%5B1%5D=2&n=');
  same('qs options', qs.stringify({ l: ['x', 'y'], d: new Date(0) }, { arrayFormat: 'brackets', encode: false }), 'l[]=x&l[]=y&d=1970-01-01T00:00:00.000Z');
  same('js-base64', [Base64.encode('grüße'), Base64.encodeURI('??>'), Base64.decode('Z3LDvMOfZQ'), [...Base64.toUint8Array('AQL/')]], ['Z3LDvMOfZQ==', 'Pz8-', 'grüße', [1, 2, 255]]);
}
