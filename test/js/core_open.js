import { same, throws } from './_expect.js';

const users = JSON.parse(open('./data/users.json')).users;
const bytes = open('data/bytes.bin', 'b');
const absolute = open(`${import.meta.url ? new RegExp('^file://(.*)/[^/]*$').exec(import.meta.url)[1] : '.'}/data/text.txt`);
same('text', open('data/text.txt'), 'first line\nsecond \u017c\u00f3\u0142w\n');
same('absolute', absolute.length, 23);
same('bytes', [bytes instanceof ArrayBuffer, [...new Uint8Array(bytes)]], [true, [0, 1, 255, 254]]);
throws('nothing there', () => open('./data/none.txt'), 'none.txt');
throws('a folder', () => open('./data'), 'directories');
throws('empty', () => open(''), 'empty filename');

export default function () {
  same('read once, there for good', [users.length, new Uint8Array(bytes).length], [2, 4]);
  throws('not here', () => open('data/text.txt'), 'only available in the init stage');
}
