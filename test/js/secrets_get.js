//# args: --secret-source=mock=name=one,default,key=hidden-value,empty=
//# args: --secret-source=mock=name=two,key=other-value
//# err: says \*\*\*SECRET_REDACTED\*\*\* and \*\*\*SECRET_REDACTED\*\*\*
//# not-err: hidden-value|other-value
import secrets from 'k6/secrets';
import { same } from './_expect.js';

const early = await secrets.get('key');

export default async function () {
  const text = async (p) => { try { return await p; } catch (e) { return String(e); } };
  const one = await secrets.get('key');
  const two = await secrets.source('two').get('key');
  same('values', [early.length, one.split('').reverse().join(''), two.length, await secrets.get('empty')], [12, 'eulav-neddih', 11, '']);
  same('missing', await text(secrets.get('nothing')), 'no value');
  same('no source', await text(secrets.source('three').get('key')), 'no secret source with name "three" is configured');
  console.error(`says ${one} and ${two}`);
}
