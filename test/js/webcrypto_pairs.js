import { same } from './_expect.js';

// Key pairs: generated, written and read in every format, used by both halves.
const S = crypto.subtle;
const bytes = (s) => Uint8Array.from(s, (c) => c.charCodeAt(0));
const hex = (b) => Array.from(new Uint8Array(b), (x) => x.toString(16).padStart(2, '0')).join('');
const data = bytes('data to be signed');

async function signatures(name, generate, use, formats) {
  const pair = await S.generateKey(generate, true, ['sign', 'verify']);
  same(`${name} usages`, [pair.privateKey.usages, pair.publicKey.usages, pair.privateKey.type, pair.publicKey.type], [['sign'], ['verify'], 'private', 'public']);
  for (const [secret, open] of formats) {
    const k = await S.importKey(secret, await S.exportKey(secret, pair.privateKey), generate, true, ['sign']);
    const v = await S.importKey(open, await S.exportKey(open, pair.publicKey), generate, true, ['verify']);
    const sig = await S.sign(use, k, data);
    same(`${name} ${secret} ${open}`, [await S.verify(use, v, sig, data), await S.verify(use, pair.publicKey, sig, bytes('other')), k.algorithm, v.algorithm], [true, false, pair.privateKey.algorithm, pair.publicKey.algorithm]);
  }
  return pair;
}

export default async function () {
  const rsa = { modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' };
  const p = await signatures('pkcs1', { name: 'RSASSA-PKCS1-v1_5', ...rsa }, 'RSASSA-PKCS1-v1_5', [['pkcs8', 'spki'], ['jwk', 'jwk']]);
  same('algorithm', p.publicKey.algorithm, { key_algorithm: { algorithm: { name: 'RSASSA-PKCS1-v1_5' }, name: 'RSASSA-PKCS1-v1_5' }, algorithm: { name: 'RSASSA-PKCS1-v1_5' }, name: 'RSASSA-PKCS1-v1_5', modulusLength: 1024, hash: { name: 'SHA-256' } });
  same('public jwk', Object.keys(await S.exportKey('jwk', p.publicKey)).join(), 'e,kty,n');
  await signatures('pss', { name: 'RSA-PSS', ...rsa }, { name: 'RSA-PSS', saltLength: 20 }, [['jwk', 'spki']]);
  for (const namedCurve of ['P-256', 'P-384', 'P-521']) {
    await signatures(namedCurve, { name: 'ECDSA', namedCurve }, { name: 'ECDSA', hash: { name: 'SHA-384' } }, [['pkcs8', 'spki'], ['jwk', 'jwk'], ['pkcs8', 'raw']]);
    const [a, b] = await Promise.all([0, 1].map(() => S.generateKey({ name: 'ECDH', namedCurve }, false, ['deriveBits', 'deriveKey'])));
    const ab = await S.deriveBits({ name: 'ECDH', public: b.publicKey }, a.privateKey, 256);
    const ba = await S.deriveBits({ name: 'ECDH', public: a.publicKey }, b.privateKey, 256);
    const key = await S.deriveKey({ name: 'ECDH', public: b.publicKey }, a.privateKey, { name: 'AES-GCM', length: 256 }, true, ['encrypt']);
    same(`${namedCurve} agree`, [hex(ab) === hex(ba), hex(await S.exportKey('raw', key)) === hex(ab), ab.byteLength], [true, true, 32]);
  }
  const o = await S.generateKey({ name: 'RSA-OAEP', ...rsa }, true, ['encrypt', 'decrypt']);
  const c = await S.encrypt({ name: 'RSA-OAEP', label: bytes('l') }, o.publicKey, data);
  same('oaep', hex(await S.decrypt({ name: 'RSA-OAEP', label: bytes('l') }, o.privateKey, c)), hex(data));
}
