const S = crypto.subtle, b = new Uint8Array(16), rsa = { modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
const cases = [
  ['usage', () => S.generateKey({ name: 'AES-CBC', length: 128 }, true, ['sign'])],
  ['usage, no length', () => S.generateKey('AES-CBC', true, ['sign'])],
  ['length', () => S.generateKey({ name: 'AES-CBC', length: 100 }, true, ['encrypt'])],
  ['no length', () => S.generateKey({ name: 'AES-CBC' }, true, ['encrypt'])],
  ['no usages', () => S.generateKey({ name: 'AES-CBC', length: 128 }, true, [])],
  ['EC usage', () => S.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['sign'])],
  ['EC curve', () => S.generateKey({ name: 'ECDSA', namedCurve: 'P-1' }, true, ['sign'])],
  ['HMAC usage', () => S.generateKey({ name: 'HMAC', hash: 'SHA-1' }, true, ['encrypt'])],
  ['HMAC hash', () => S.generateKey({ name: 'HMAC', hash: 'MD5' }, true, ['sign'])],
  ['RSA hash', () => S.generateKey({ name: 'RSA-PSS', ...rsa, hash: 'MD5' }, true, ['sign'])],
  ['RSA hash without name', () => S.generateKey({ name: 'RSA-PSS', ...rsa, hash: {} }, true, ['sign'])],
  ['RSA no hash', () => S.generateKey({ name: 'RSA-PSS', ...rsa }, true, ['sign'])],
  ['PBKDF2 jwk', () => S.importKey('jwk', { kty: 'oct', k: 'AAAA' }, 'PBKDF2', false, ['deriveBits'])],
  ['PBKDF2 extractable', () => S.importKey('raw', b, 'PBKDF2', true, ['deriveBits'])],
  ['PBKDF2 usage', () => S.importKey('raw', b, 'PBKDF2', false, ['sign'])],
  ['RSA raw', () => S.importKey('raw', b, { name: 'RSA-OAEP', hash: 'SHA-1' }, true, ['encrypt'])],
  ['AES spki', () => S.importKey('spki', b, 'AES-GCM', true, ['encrypt'])],
  ['no format', () => S.importKey(null, b, 'AES-CBC', true, ['encrypt'])],
  ['bad format', () => S.importKey('pem', b, 'AES-CBC', true, ['encrypt'])],
  ['AES size', () => S.importKey('raw', new Uint8Array(15), 'AES-CBC', true, ['encrypt'])],
  ['jwk type', () => S.importKey('jwk', { kty: 'RSA', k: 'AA' }, 'AES-CBC', true, ['encrypt'])],
  ['jwk null', () => S.importKey('jwk', null, 'AES-CBC', true, ['encrypt'])],
  ['jwk key', () => S.importKey('jwk', { kty: 'oct' }, 'AES-CBC', true, ['encrypt'])],
  ['jwk letters', () => S.importKey('jwk', { kty: 'oct', k: 'AA==' }, 'AES-CBC', true, ['encrypt'])],
  ['jwk size', () => S.importKey('jwk', { kty: 'oct', k: 'AAAA' }, 'AES-CBC', true, ['encrypt'])],
];
const say = async (what, f) => { try { await f(); console.log(what, 'went'); } catch (e) { console.log(what, '|', e.name, '|', e.message); } };
export default async function () {
  for (const [what, f] of cases) await say(what, f);
  const pw = await S.importKey('raw', b, 'PBKDF2', false, ['deriveBits']);
  const aes = await S.importKey('raw', b, 'AES-CBC', true, ['encrypt']);
  await say('no object', () => S.encrypt('AES-CBC', aes, b));
  await say('short iv', () => S.encrypt({ name: 'AES-CBC', iv: new Uint8Array(3) }, aes, b));
  await say('no iv', () => S.encrypt({ name: 'AES-CBC' }, aes, b));
  await say('salt', () => S.deriveBits({ name: 'PBKDF2', iterations: 1, hash: 'SHA-1' }, pw, 128));
  await say('iterations', () => S.deriveBits({ name: 'PBKDF2', salt: b, hash: 'SHA-1' }, pw, 128));
  await say('hash', () => S.deriveBits({ name: 'PBKDF2', salt: b, iterations: 1 }, pw, 128));
  const ec = await S.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']);
  await say('ECDSA hash', () => S.sign({ name: 'ECDSA', hash: 'MD5' }, ec.privateKey, b));
  const pair = await S.generateKey({ name: 'RSA-OAEP', ...rsa, hash: 'SHA-1' }, true, ['encrypt', 'decrypt']);
  await say('spki', () => S.exportKey('spki', pair.privateKey));
  await say('pkcs8', () => S.exportKey('pkcs8', pair.publicKey));
  await say('long', () => S.encrypt({ name: 'RSA-OAEP' }, pair.publicKey, new Uint8Array(300)));
  await say('not encrypted', () => S.decrypt({ name: 'RSA-OAEP' }, pair.privateKey, new Uint8Array(256)));
}
