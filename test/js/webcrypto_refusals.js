import { same, throws } from './_expect.js';

// What is refused, and by which name. Rejections are no Errors, as in k6, but tell their name and why.
const S = crypto.subtle;
const b = new Uint8Array(16);

async function refused(name, what, fn) {
  let e;
  try {
    await fn();
  } catch (caught) {
    e = caught;
  }
  if (e === undefined) throw new Error(`${what}: was not refused`);
  same(what, [e.name, e instanceof Error, typeof e.message, String(e) === `${e.name}: ${e.message}`], [name, false, 'string', true]);
}

export default async function () {
  const gcm = await S.importKey('raw', b, 'AES-GCM', false, ['encrypt']);
  const mac = await S.importKey('raw', b, { name: 'HMAC', hash: 'SHA-1' }, true, ['sign']);
  const pw = await S.importKey('raw', b, 'PBKDF2', false, ['deriveBits']);
  const ec = await S.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
  const ec384 = await S.generateKey({ name: 'ECDH', namedCurve: 'P-384' }, true, ['deriveBits']);
  const rsa = { modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' };
  const pbkdf2 = { name: 'PBKDF2', salt: b, iterations: 10, hash: 'SHA-256' };
  for (const nothing of [null, undefined]) {
    throws('no key', () => S.encrypt({ name: 'AES-GCM', iv: b }, nothing, b), 'Cannot convert undefined or null to object');
    throws('nothing to digest', () => S.digest('SHA-1', nothing), 'Cannot convert undefined or null to object');
    throws('nothing to fill', () => crypto.getRandomValues(nothing), 'Cannot convert undefined or null to object');
  }
  same('algorithms show their parts', JSON.stringify(mac.algorithm), '{"key_algorithm":{"algorithm":{"name":"HMAC"},"name":"HMAC"},"algorithm":{"name":"HMAC"},"name":"HMAC","hash":{"algorithm":{"name":"SHA-1"},"name":"SHA-1"},"length":128}');
  same('of AES', JSON.stringify(gcm.algorithm), '{"algorithm":{"name":"AES-GCM"},"name":"AES-GCM","length":128}');
  const cases = [
    ['TypeError', 'no data', () => S.encrypt({ name: 'AES-GCM', iv: b }, gcm)],
    ['OperationError', 'text', () => S.encrypt({ name: 'AES-GCM', iv: b }, gcm, 'text')],
    ['SyntaxError', 'no algorithm', () => S.encrypt(undefined, gcm, b)],
    ['NotSupportedError', 'an algorithm without name', () => S.encrypt({}, gcm, b)],
    ['NotSupportedError', 'an algorithm for something else', () => S.encrypt('HMAC', gcm, b)],
    ['TypeError', 'what is no key', () => S.encrypt({ name: 'AES-GCM', iv: b }, {}, b)],
    ['OperationError', 'a name without length', () => S.generateKey('AES-GCM', true, ['encrypt'])],
    ['InvalidAccessError', 'another key', () => S.encrypt({ name: 'AES-CBC', iv: b }, gcm, b)],
    ['InvalidAccessError', 'usage', () => S.decrypt({ name: 'AES-GCM', iv: b }, gcm, b)],
    ['SyntaxError', 'no parameters', () => S.encrypt('AES-GCM', gcm, b)],
    ['NotSupportedError', 'no iv', () => S.encrypt({ name: 'AES-GCM' }, gcm, b)],
    ['SyntaxError', 'an odd iv', () => S.encrypt({ name: 'AES-GCM', iv: 5 }, gcm, b)],
    ['OperationError', 'tag', () => S.encrypt({ name: 'AES-GCM', iv: b, tagLength: 20 }, gcm, b)],
    ['InvalidAccessError', 'locked', () => S.exportKey('raw', gcm)],
    ['ImplementationError', 'export of what is no key', () => S.exportKey('raw', {})],
    ['NotSupportedError', 'format of export', () => S.exportKey('spki', mac)],
    ['InvalidAccessError', 'verify without usage', () => S.verify('HMAC', mac, b, b)],
    ['ImplementationError', 'format', () => S.importKey('pem', b, 'AES-GCM', true, ['encrypt'])],
    ['DataError', 'length', () => S.importKey('raw', new Uint8Array(17), 'AES-GCM', true, ['encrypt'])],
    ['SyntaxError', 'no usages', () => S.importKey('raw', b, 'AES-GCM', true, [])],
    ['SyntaxError', 'unknown usage', () => S.importKey('raw', b, 'AES-GCM', true, ['fly'])],
    ['DataError', 'jwk', () => S.importKey('jwk', { kty: 'oct' }, 'AES-GCM', true, ['encrypt'])],
    ['NotSupportedError', 'HKDF', () => S.importKey('raw', b, 'HKDF', false, ['deriveBits'])],
    ['DataError', 'DER', () => S.importKey('pkcs8', b, { name: 'RSA-PSS', hash: 'SHA-256' }, true, ['sign'])],
    ['SyntaxError', 'no hash', () => S.importKey('pkcs8', b, { name: 'RSA-PSS' }, true, ['sign'])],
    ['NotSupportedError', 'hash', () => S.generateKey({ name: 'HMAC', hash: 'MD5' }, true, ['sign'])],
    ['OperationError', 'AES length', () => S.generateKey({ name: 'AES-GCM', length: 129 }, true, ['encrypt'])],
    ['SyntaxError', 'no AES length', () => S.generateKey({ name: 'AES-GCM' }, true, ['encrypt'])],
    ['OperationError', 'HMAC length', () => S.generateKey({ name: 'HMAC', hash: 'SHA-1', length: 1e15 }, true, ['sign'])],
    ['NotSupportedError', 'curve', () => S.generateKey({ name: 'ECDSA', namedCurve: 'secp256k1' }, true, ['sign'])],
    ['OperationError', 'a small modulus', () => S.generateKey({ name: 'RSA-PSS', ...rsa, modulusLength: 512 }, true, ['sign'])],
    ['OperationError', 'a huge modulus', () => S.generateKey({ name: 'RSA-PSS', ...rsa, modulusLength: 1 << 30 }, true, ['sign'])],
    ['OperationError', 'exponent', () => S.generateKey({ name: 'RSA-PSS', ...rsa, publicExponent: new Uint8Array([2]) }, true, ['sign'])],
    ['SyntaxError', 'pair without usages', () => S.generateKey({ name: 'RSA-PSS', ...rsa }, true, [])],
    ['OperationError', 'no bits', () => S.deriveBits(pbkdf2, pw, 0)],
    ['OperationError', 'odd bits', () => S.deriveBits(pbkdf2, pw, 9)],
    ['OperationError', 'no iterations', () => S.deriveBits({ ...pbkdf2, iterations: 0 }, pw, 128)],
    ['OperationError', 'iterations', () => S.deriveBits({ ...pbkdf2, iterations: 1e15 }, pw, 128)],
    ['TypeError', 'no salt', () => S.deriveBits({ ...pbkdf2, salt: null }, pw, 128)],
    ['InvalidAccessError', 'deriveKey without usage', () => S.deriveKey(pbkdf2, pw, { name: 'AES-GCM', length: 128 }, true, ['encrypt'])],
    ['InvalidAccessError', 'curves', () => S.deriveBits({ name: 'ECDH', public: ec384.publicKey }, ec.privateKey, 128)],
    ['InvalidAccessError', 'private for public', () => S.deriveBits({ name: 'ECDH', public: ec.privateKey }, ec.privateKey, 128)],
    ['TypeError', 'no public key', () => S.deriveBits({ name: 'ECDH' }, ec.privateKey, 128)],
    ['OperationError', 'more than there is', () => S.deriveBits({ name: 'ECDH', public: ec.publicKey }, ec.privateKey, 512)],
  ];
  for (const [name, what, fn] of cases) await refused(name, what, fn);

  let thrown;
  try {
    S.generateKey('AES-GCM', true, 'sign');
  } catch (e) {
    thrown = e;
  }
  same('usages that are no list', thrown instanceof TypeError, true);
}
