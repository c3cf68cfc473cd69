import crypto from 'k6/crypto';
import { same, throws } from './_expect.js';

// What k6/crypto refuses, in k6's words.
const expected = ', expected string, []byte or ArrayBuffer';

export default function () {
  throws('encoding', () => crypto.sha1('x', 'octal'), 'invalid output encoding: octal');
  throws('no encoding', () => crypto.sha1('x'), 'invalid output encoding: ');
  const values = [[5, 'int64'], [1.5, 'float64'], [true, 'bool'], [null, '<nil>'], [undefined, '<nil>'], [[1], '[]interface {}'], [{}, 'map[string]interface {}'], [new Date(0), 'time.Time'], [new Uint16Array(1), '[]uint16'], [new String('x'), 'map[string]interface {}']];
  for (const [v, type] of values) {
    throws(type, () => crypto.md5(v, 'hex'), `md5 failed: invalid type ${type}${expected}`);
    throws(`hmac key ${type}`, () => crypto.hmac('md5', v, 'x', 'hex'), `invalid type ${type}${expected}`);
    throws(`hmac data ${type}`, () => crypto.hmac('md5', 'k', v, 'hex'), `invalid type ${type}${expected}`);
    throws(`update ${type}`, () => crypto.createHash('md5').update(v), `invalid type ${type}${expected}`);
    throws(`hexEncode ${type}`, () => crypto.hexEncode(v), `invalid type ${type}${expected}`);
  }
  same('a symbol counts as its text', crypto.md5(Symbol('x'), 'hex'), crypto.md5('x', 'hex'));
  throws('createHash', () => crypto.createHash('crc32'), 'invalid algorithm: crc32');
  throws('createHMAC', () => crypto.createHMAC('', 'k'), 'invalid algorithm: ');
  throws('hmac', () => crypto.hmac('SHA1', 'k', 'd', 'hex'), 'invalid algorithm: SHA1');
  for (const n of [0, -1, 'x', undefined, NaN, 0.5]) throws(`randomBytes ${n}`, () => crypto.randomBytes(n), 'invalid size');
  throws('too many', () => crypto.randomBytes(1e12), 'invalid size');
  throws('not a hasher', () => crypto.createHash('md5').update.call({}, 'x'), '');
}
