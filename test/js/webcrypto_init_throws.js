//# exit: 107
//# err: on purpose
// Init code that leaves long work behind when it throws.
crypto.subtle.generateKey({ name: 'RSA-PSS', modulusLength: 3072, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }, true, ['sign']);
throw new Error('on purpose');

export default function () {}
