import crypto from 'k6/crypto';
import { same } from './_expect.js';

// Every hash, every output form, HMAC, and hashing in pieces.
const bytes = (b) => Array.from(new Uint8Array(b));
const sums = {
  md4: 'a448017aaf21d8525fc10ae87aa6729d',
  md5: '900150983cd24fb0d6963f7d28e17f72',
  sha1: 'a9993e364706816aba3e25717850c26c9cd0d89d',
  sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  sha384: 'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
  sha512: 'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
  sha512_224: '4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa',
  sha512_256: '53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23',
  ripemd160: '8eb208f7e05d987a9b044a8e98c6b087f15a0bfc',
};

export default function () {
  for (const name of Object.keys(sums)) {
    same(name, crypto[name]('abc', 'hex'), sums[name]);
    same(`${name} of bytes`, crypto[name](new Uint8Array([97, 98, 99]).buffer, 'hex'), sums[name]);
    const h = crypto.createHash(name);
    h.update('a');
    h.update(new Uint8Array([98]));
    const between = h.digest('hex');
    h.update('c');
    same(`${name} in pieces`, [h.digest('hex'), h.digest('hex'), between === sums[name]], [sums[name], sums[name], false]);
    const m = crypto.createHMAC(name, 'key');
    m.update('abc');
    same(`hmac ${name}`, m.digest('hex'), crypto.hmac(name, 'key', 'abc', 'hex'));
  }
  same('forms', ['base64', 'base64url', 'base64rawurl'].map((f) => crypto.md5('a', f)), ['DMF1ucDxtqgxw5niaXcmYQ==', 'DMF1ucDxtqgxw5niaXcmYQ==', 'DMF1ucDxtqgxw5niaXcmYQ']);
  same('url forms', ['base64', 'base64url', 'base64rawurl'].map((f) => crypto.sha1('hello', f)), ['qvTGHdzF6KLavt4PO0gs2a6pQ00=', 'qvTGHdzF6KLavt4PO0gs2a6pQ00=', 'qvTGHdzF6KLavt4PO0gs2a6pQ00']);
  same('binary', [crypto.md5('a', 'binary') instanceof ArrayBuffer, bytes(crypto.md5('a', 'binary')).slice(0, 3)], [true, [12, 193, 117]]);
  same('hmac', crypto.hmac('sha256', 'a secret', 'my data', 'hex'), '82f669c8fde13aef6d6977257588dc4953dfac505428f8fd6b52e19cd96d7ea5');
  same('hex', [crypto.hexEncode(new Uint8Array([0, 15, 255])), crypto.hexEncode('A')], ['000fff', '41']);
  same('random', [crypto.randomBytes(32).byteLength, crypto.hexEncode(crypto.randomBytes(16)) === crypto.hexEncode(crypto.randomBytes(16))], [32, false]);
}
