import { same } from './_expect.js';

// Digests, HMAC, AES and PBKDF2 with keys that are known.
const S = crypto.subtle;
const bytes = (s) => Uint8Array.from(s, (c) => c.charCodeAt(0));
const hex = (b) => Array.from(new Uint8Array(b), (x) => x.toString(16).padStart(2, '0')).join('');
const seq = (n) => Uint8Array.from({ length: n }, (_, i) => i);

async function aes(alg, size, want) {
  const key = await S.importKey('raw', seq(size), alg.name, true, ['encrypt', 'decrypt']);
  const text = bytes('some text that is longer than one block');
  const c = await S.encrypt(alg, key, text);
  same(`${alg.name} ${size}`, [hex(c).slice(0, 16), hex(await S.decrypt(alg, key, c)), key.algorithm], [want, hex(text), { algorithm: { name: alg.name }, name: alg.name, length: size * 8 }]);
}

export default async function () {
  same('digest', hex(await S.digest('SHA-256', bytes('abc'))), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  same('views', await Promise.all([new DataView(bytes('xabcx').buffer, 1, 3), bytes('xabcx').subarray(1, 4), bytes('abc').buffer].map(async (v) => hex(await S.digest({ name: 'sha-1' }, v)))), Array(3).fill('a9993e364706816aba3e25717850c26c9cd0d89d'));

  const mac = await S.importKey('raw', bytes('secret'), { name: 'HMAC', hash: 'SHA-256' }, true, ['verify', 'sign']);
  const sig = await S.sign('HMAC', mac, bytes('data'));
  same('hmac', hex(sig), '1b2c16b75bd2a870c114153ccda5bcfca63314bc722fa160d690de133ccbb9db');
  same('verify', [await S.verify('hmac', mac, sig, bytes('data')), await S.verify('HMAC', mac, sig, bytes('datb')), await S.verify('HMAC', mac, new Uint8Array(0), bytes('data'))], [true, false, false]);
  same('key', mac, { type: 'secret', extractable: true, algorithm: { key_algorithm: { algorithm: { name: 'HMAC' }, name: 'HMAC' }, algorithm: { name: 'HMAC' }, name: 'HMAC', hash: { algorithm: { name: 'SHA-256' }, name: 'SHA-256' }, length: 48 }, usages: ['verify', 'sign'] });
  same('jwk', await S.exportKey('jwk', mac), { alg: 'HS256', ext: true, k: 'c2VjcmV0', key_ops: ['verify', 'sign'], kty: 'oct' });

  await aes({ name: 'AES-CBC', iv: seq(16) }, 16, 'f46111b313adb857');
  await aes({ name: 'AES-CTR', counter: seq(16), length: 64 }, 24, '730fd29b66f72ec0');
  await aes({ name: 'AES-GCM', iv: seq(12), additionalData: bytes('aad'), tagLength: 96 }, 32, '346dbb7ee591a763');

  const password = await S.importKey('raw', bytes('password'), 'PBKDF2', false, ['deriveBits', 'deriveKey']);
  const alg = { name: 'PBKDF2', salt: bytes('salt'), iterations: 4096, hash: 'SHA-1' };
  same('pbkdf2', hex(await S.deriveBits(alg, password, 160)), '4b007901b765489abead49d926f721d065a429c1');
  const derived = await S.deriveKey(alg, password, { name: 'HMAC', hash: 'SHA-256', length: 160 }, true, ['sign']);
  same('derived', [hex(await S.exportKey('raw', derived)), derived.algorithm.length], ['4b007901b765489abead49d926f721d065a429c1', 160]);

  const kw = await S.importKey('raw', seq(16), 'AES-KW', true, ['wrapKey', 'unwrapKey']);
  const wrapped = await S.wrapKey('raw', await S.importKey('raw', Uint8Array.from({ length: 16 }, (_, i) => i * 17), 'AES-CBC', true, ['encrypt']), kw, 'AES-KW');
  same('wrapped', hex(wrapped), '1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5');
  same('unwrapped', hex(await S.exportKey('raw', await S.unwrapKey('raw', wrapped, kw, 'AES-KW', 'AES-GCM', true, ['decrypt']))), '00112233445566778899aabbccddeeff');
}
