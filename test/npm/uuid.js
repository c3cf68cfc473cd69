//# args: --vus 3 --iterations 9
import { NIL, MAX, parse, stringify, v1, v3, v4, v5, v6, v7, validate, version } from './node_modules/uuid/dist/index.js';
import { same, throws } from './_expect.js';

const seen = new Set();

export default function () {
  for (let i = 0; i < 100; i++) {
    const id = v4();
    same('form of v4', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id), true);
    same('no v4 twice', seen.has(id), false);
    seen.add(id);
  }
  same('v5', v5('hello.example.com', v5.DNS), 'fdda765f-fc57-5604-a269-52a7df8164ec');
  same('v3', v3('hello.example.com', v3.DNS), '9125a8dc-52ee-365b-a5aa-81b0b3681cf6');
  same('v5 of a URL', v5('http://example.com/hello', v5.URL), '3bbcee75-cecc-5b56-8031-b6641c1ed1f1');
  const ordered = Array.from({ length: 20 }, () => v7());
  same('v7 sorts by time', ordered.slice().sort(), ordered);
  same('versions', [v1(), v6(), v7(), v4()].map(version), [1, 6, 7, 4]);
  same('validate', [validate(v1()), validate('not a uuid'), validate(NIL), validate(MAX)], [true, false, true, true]);
  same('bytes and back', stringify(parse('6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b')), '6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b');
  same('given random bytes', v4({ random: Uint8Array.from({ length: 16 }, (_, i) => i * 16) }), '00102030-4050-4070-8090-a0b0c0d0e0f0');
  throws('a bad one', () => parse('xyz'), 'Invalid UUID');
}
