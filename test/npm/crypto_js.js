//# args: --vus 2 --iterations 2
import crypto from 'k6/crypto';
import CryptoJS from './node_modules/crypto-js/crypto-js.js';
import { same, throws } from './_expect.js';

const hex = (w) => w.toString(CryptoJS.enc.Hex);

export default function () {
  for (const [name, fn] of Object.entries({ md5: 'MD5', sha1: 'SHA1', sha256: 'SHA256', sha384: 'SHA384', sha512: 'SHA512', ripemd160: 'RIPEMD160' })) {
    for (const text of ['', 'abc', 'grüße', 'x'.repeat(200)]) {
      same(`${name} of ${text}`, hex(CryptoJS[fn](text)), crypto[name](text, 'hex'));
      if (name !== 'ripemd160') same(`hmac ${name}`, hex(CryptoJS[`Hmac${fn}`](text, 'key')), crypto.hmac(name, 'key', text, 'hex'));
    }
  }
  same('SHA3', hex(CryptoJS.SHA3('abc', { outputLength: 256 })), '4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45');
  same('PBKDF2, the vector of RFC 6070', hex(CryptoJS.PBKDF2('password', 'salt', { keySize: 5, iterations: 2, hasher: CryptoJS.algo.SHA1 })), 'ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957');
  const key = CryptoJS.enc.Hex.parse('000102030405060708090a0b0c0d0e0f');
  const iv = CryptoJS.enc.Hex.parse('101112131415161718191a1b1c1d1e1f');
  const cbc = CryptoJS.AES.encrypt('attack at dawn, not at dusk', key, { iv });
  same('AES CBC', cbc.ciphertext.toString(CryptoJS.enc.Hex).length, 64);
  same('AES CBC back', CryptoJS.AES.decrypt(cbc.toString(), key, { iv }).toString(CryptoJS.enc.Utf8), 'attack at dawn, not at dusk');
  const block = CryptoJS.AES.encrypt(CryptoJS.enc.Hex.parse('00112233445566778899aabbccddeeff'), key, { mode: CryptoJS.mode.ECB, padding: CryptoJS.pad.NoPadding });
  same('AES, the vector of FIPS 197', block.ciphertext.toString(), '69c4e0d86a7b0430d8cdb78070b4c55a');
  const ctr = CryptoJS.AES.encrypt('stream', key, { iv, mode: CryptoJS.mode.CTR, padding: CryptoJS.pad.NoPadding });
  same('AES CTR back', CryptoJS.AES.decrypt(ctr, key, { iv, mode: CryptoJS.mode.CTR, padding: CryptoJS.pad.NoPadding }).toString(CryptoJS.enc.Utf8), 'stream');
  const boxed = CryptoJS.AES.encrypt('with a passphrase', 'secret');
  same('OpenSSL format', boxed.toString().slice(0, 10), 'U2FsdGVkX1');
  same('with a passphrase, back', CryptoJS.AES.decrypt(boxed.toString(), 'secret').toString(CryptoJS.enc.Utf8), 'with a passphrase');
  same('salts are random', CryptoJS.AES.encrypt('a', 'k').toString() !== CryptoJS.AES.encrypt('a', 'k').toString(), true);
  same('TripleDES, Rabbit, RC4 back', ['TripleDES', 'Rabbit', 'RC4'].map((c) => CryptoJS[c].decrypt(CryptoJS[c].encrypt('m', 'k').toString(), 'k').toString(CryptoJS.enc.Utf8)), ['m', 'm', 'm']);
  same('base64 both ways', [CryptoJS.enc.Base64.stringify(CryptoJS.enc.Utf8.parse('a+b/ü')), CryptoJS.enc.Base64.parse('w7w=').toString(CryptoJS.enc.Utf8)], ['YStiL8O8', 'ü']);
  same('random words', CryptoJS.lib.WordArray.random(16).sigBytes, 16);
  same('typed arrays', CryptoJS.lib.WordArray.create(new Uint8Array([1, 2, 255])).toString(), '0102ff');
  const rolling = CryptoJS.algo.SHA256.create();
  rolling.update('a');
  rolling.update('bc');
  same('progressive hashing', hex(rolling.finalize()), crypto.sha256('abc', 'hex'));
  throws('wrong key', () => CryptoJS.enc.Utf8.stringify(CryptoJS.enc.Hex.parse('ff')), 'Malformed UTF-8 data');
}
