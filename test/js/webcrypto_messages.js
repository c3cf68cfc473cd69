import { same } from './_expect.js';

// What rejections say, where scripts may look for it: k6's words.
const S = crypto.subtle;
const b = new Uint8Array(16);
const cases = [
  ['a usage of AES', 'invalid key usage', () => S.generateKey({ name: 'AES-CBC', length: 128 }, true, ['sign'])],
  ['before the length', 'invalid key usage', () => S.generateKey('AES-CBC', true, ['sign'])],
  ['a usage of EC', 'invalid key usage', () => S.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['sign'])],
  ['a usage of HMAC', 'invalid key usage: encrypt', () => S.generateKey({ name: 'HMAC', hash: 'SHA-1' }, true, ['encrypt'])],
  ['PBKDF2 as JWK', 'invalid format: jwk', () => S.importKey('jwk', { kty: 'oct', k: 'AAAA' }, 'PBKDF2', true, ['deriveBits'])],
  ['PBKDF2 that can leave', 'invalid value for param extractable ', () => S.importKey('raw', b, 'PBKDF2', true, ['deriveBits'])],
  ['RSA from bytes', 'unsupported key format raw for algorithm RSA-OAEP', () => S.importKey('raw', b, { name: 'RSA-OAEP', hash: 'SHA-1' }, true, ['encrypt'])],
  ['no format', 'unsupported format ', () => S.importKey(null, b, 'AES-CBC', true, ['encrypt'])],
  ['the kind of a JWK', 'invalid symmetric JWK: invalid key type: RSA', () => S.importKey('jwk', { kty: 'RSA', k: 'AA' }, 'AES-CBC', true, ['encrypt'])],
  ['no JWK', 'invalid symmetric JWK: invalid key type: ', () => S.importKey('jwk', null, 'AES-CBC', true, ['encrypt'])],
  ['a JWK without key', 'invalid symmetric JWK: key (k) is required', () => S.importKey('jwk', { kty: 'oct' }, 'AES-CBC', true, ['encrypt'])],
  ['a JWK of other letters', 'failed to decode symmetric key: illegal base64 data at input byte 2', () => S.importKey('jwk', { kty: 'oct', k: 'AA==' }, 'AES-CBC', true, ['encrypt'])],
  ['hash of RSA', 'hash algorithm is not supported MD5', () => S.generateKey({ name: 'RSA-PSS', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: { name: 'MD5' } }, true, ['sign'])],
  ['no name of a hash', 'hash name is null or undefined', () => S.generateKey({ name: 'RSA-PSS', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: {} }, true, ['sign'])],
];

async function said(fn) {
  try {
    await fn();
  } catch (e) {
    return e.message;
  }
  return 'nothing';
}

export default async function () {
  for (const [what, words, fn] of cases) same(what, await said(fn), words);
  const pw = await S.importKey('raw', b, 'PBKDF2', false, ['deriveBits']);
  same('no salt', await said(() => S.deriveBits({ name: 'PBKDF2', iterations: 1, hash: 'SHA-1' }, pw, 128)), 'field salt is null or undefined');
  same('no iterations', await said(() => S.deriveBits({ name: 'PBKDF2', salt: b, hash: 'SHA-1' }, pw, 128)), 'field iterations is null or undefined');
  const aes = await S.importKey('raw', b, 'AES-CBC', true, ['encrypt']);
  const gcm = await S.importKey('raw', b, 'AES-GCM', true, ['encrypt']);
  const params = 'invalid algorithm parameters, unable to interpret as "" object';
  same('a name for parameters', await said(() => S.encrypt('AES-CBC', aes, b)), params);
  same('a number for an iv', await said(() => S.encrypt({ name: 'AES-CBC', iv: 5 }, aes, b)), params);
  same('an object for an iv', await said(() => S.encrypt({ name: 'AES-CBC', iv: {} }, aes, b)), params);
  same('a short text for an iv', await said(() => S.encrypt({ name: 'AES-CBC', iv: 'short' }, aes, b)), 'iv length is not 16 bytes');
  same('no iv', await said(() => S.encrypt({ name: 'AES-GCM' }, gcm, b)), 'only 12 bytes long iv are supported');
  same('format of export', await said(() => S.exportKey('pem', aes)), 'unsupported key format pem');
  const hex = async (iv) => new Uint8Array(await S.encrypt({ name: 'AES-CBC', iv }, aes, b)).join();
  const bytes = new Uint8Array(16).fill(65);
  for (const like of ['A'.repeat(16), Array(16).fill(65), new Set([65]), { length: 16 }]) {
    const wanted = like instanceof Set ? 'iv length is not 16 bytes' : 'nothing';
    same('what stands for bytes', await said(() => S.encrypt({ name: 'AES-CBC', iv: like }, aes, b)), wanted);
  }
  same('letters are bytes', await hex('A'.repeat(16)), await hex(bytes));
  same('numbers are bytes', await hex(Array.from({ length: 16 }, () => '65')), await hex(bytes));
  same('usages of any list', [...(await S.importKey('raw', b, 'AES-CBC', true, new Set(['decrypt']))).usages], ['decrypt']);
  let thrown;
  try {
    S.importKey('raw', b, 'AES-CBC', true, 'encrypt');
  } catch (e) {
    thrown = e;
  }
  same('a usage alone', [thrown.name, thrown.message], ['TypeError', 'could not convert function call parameter 4: could not convert encrypt to []string']);
  let closed = 0;
  const endless = { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return: () => { closed++; return {}; } }) };
  same('an endless iv', await said(() => S.encrypt({ name: 'AES-CBC', iv: endless }, aes, b)), 'the list of bytes is too long');
  same('is closed', closed, 1);
  const ec = await S.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']);
  same('hash of ECDSA', await said(() => S.sign({ name: 'ECDSA', hash: 'MD5' }, ec.privateKey, b)), 'algorithm "MD5" doesn\'t support (in implementation) operation "generateKey"');
  const rsa = await S.generateKey({ name: 'RSA-OAEP', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-1' }, true, ['encrypt', 'decrypt']);
  same('spki of a private key', await said(() => S.exportKey('spki', rsa.privateKey)), "given CryptoKey is not a public RSA key, it's *rsa.PrivateKey");
  same('pkcs8 of a public key', await said(() => S.exportKey('pkcs8', rsa.publicKey)), "given CryptoKey is not a private RSA key, it's *rsa.PublicKey");
  same('a long message', await said(() => S.encrypt('RSA-OAEP', rsa.publicKey, new Uint8Array(200))), 'could not encrypt data: crypto/rsa: message too long for RSA key size');
  same('what was not encrypted', await said(() => S.decrypt('RSA-OAEP', rsa.privateKey, new Uint8Array(128))), 'could not decrypt data: crypto/rsa: decryption error');
}
