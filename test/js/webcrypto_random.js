import { same, throws } from './_expect.js';

// The global object, random values and UUIDs.
export default function () {
  same('own names', Object.keys(crypto).sort().join(), 'CryptoKey,getRandomValues,randomUUID,subtle');
  same('subtle', Object.keys(crypto.subtle).sort().join(), 'decrypt,deriveBits,deriveKey,digest,encrypt,exportKey,generateKey,importKey,sign,unwrapKey,verify,wrapKey');
  throws('fixed', () => { 'use strict'; crypto.subtle = 1; }, '');
  const uuid = crypto.randomUUID();
  same('uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(uuid) && uuid !== crypto.randomUUID(), true);
  for (const T of [Uint8Array, Int8Array, Uint8ClampedArray, Uint16Array, Int16Array, Uint32Array, Int32Array]) {
    const a = new T(64);
    same(T.name, [crypto.getRandomValues(a) === a, a.some((x) => x !== 0)], [true, true]);
  }
  const part = new Uint8Array(64);
  crypto.getRandomValues(part.subarray(16, 48));
  same('a part', [part.slice(0, 16).some((x) => x), part.slice(16, 48).some((x) => x), part.slice(48).some((x) => x)], [false, true, false]);
  same('the most', crypto.getRandomValues(new Uint8Array(65536)).length, 65536);
  same('none', crypto.getRandomValues(new Uint8Array(0)).length, 0);
  throws('too many', () => crypto.getRandomValues(new Uint8Array(65537)), 'QuotaExceededError');
  for (const bad of [[1], new ArrayBuffer(2), new Float64Array(2), new BigInt64Array(2), 'x', 5]) throws(`${bad}`, () => crypto.getRandomValues(bad), 'TypeMismatchError');
}
