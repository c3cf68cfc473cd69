export default async function () {
  console.log(typeof crypto, Object.keys(crypto).sort().join(), Object.keys(crypto.subtle).sort().join()); console.log(Object.keys(crypto.subtle).sort().map((k) => `${k}:${typeof crypto.subtle[k]}:${crypto.subtle[k].length}`).join(' ')); console.log(typeof crypto.getRandomValues, crypto.getRandomValues.length, crypto.randomUUID.length, JSON.stringify(crypto), crypto === globalThis.crypto, typeof CryptoKey, typeof SubtleCrypto, typeof Crypto);
}
