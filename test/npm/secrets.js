//# args: --vus 2 --iterations 2
// Tokens, keys, random names.
import jsrsasign from './node_modules/jsrsasign/lib/jsrsasign.js';
import seedrandom from './node_modules/seedrandom/seedrandom.js';
import { customAlphabet, nanoid } from './node_modules/nanoid/index.browser.js';
import { same } from './_expect.js';

const { KJUR, KEYUTIL, b64utoutf8 } = jsrsasign;
const pair = KEYUTIL.generateKeypair('EC', 'secp256r1');

export default function () {
  const hs = KJUR.jws.JWS.sign('HS256', JSON.stringify({ alg: 'HS256', typ: 'JWT' }), JSON.stringify({ sub: '1234567890', name: 'John Doe', iat: 1516239022 }), { utf8: 'your-256-bit-secret' });
  same('HS256', hs, 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c');
  same('verified', [KJUR.jws.JWS.verify(hs, { utf8: 'your-256-bit-secret' }, ['HS256']), KJUR.jws.JWS.verify(hs, { utf8: 'other' }, ['HS256'])], [true, false]);
  same('claims', JSON.parse(b64utoutf8(hs.split('.')[1])).name, 'John Doe');
  const es = KJUR.jws.JWS.sign('ES256', '{"alg":"ES256"}', '{"a":1}', pair.prvKeyObj);
  same('ES256', KJUR.jws.JWS.verify(es, pair.pubKeyObj, ['ES256']), true);
  same('ids', [nanoid().length, /^[ab]{8}$/.test(customAlphabet('ab', 8)()), nanoid() !== nanoid()], [21, true, true]);
  const rng = seedrandom('hello.');
  same('seedrandom', [rng(), rng.quick()], [0.9282578795792454, 0.3752569768112153]);
}
