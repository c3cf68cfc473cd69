//# args: --vus 2 --iterations 4
// Ramda, Underscore, Immutable, zod.
import * as R from './node_modules/ramda/dist/ramda.js';
import _ from './node_modules/underscore/underscore-umd.js';
import Immutable from './node_modules/immutable/dist/immutable.js';
import { z } from './node_modules/zod/index.js';
import { same, throws } from './_expect.js';

const User = z.object({
  name: z.string().min(1),
  mail: z.email(),
  age: z.coerce.number().int().optional(),
  tags: z.array(z.enum(['a', 'b'])).default([]),
});

export default function () {
  same('compose', R.pipe(R.filter(R.propSatisfies((n) => n > 1, 'n')), R.map(R.prop('n')), R.sum)([{ n: 1 }, { n: 2 }, { n: 3 }]), 5);
  same('lenses', R.over(R.lensPath(['a', 0, 'b']), R.inc, { a: [{ b: 1 }] }), { a: [{ b: 2 }] });
  same('placeholders', R.subtract(R.__, 1)(5), 4);
  same('transducers', R.into([], R.compose(R.map(R.multiply(2)), R.take(2)), [1, 2, 3]), [2, 4]);
  same('underscore', [_.pluck(_.sortBy([{ n: 2 }, { n: 1 }], 'n'), 'n'), _.template('<%= a %>')({ a: 1 }), _.chain([1, [2]]).flatten().value()], [[1, 2], '1', [1, 2]]);
  const map = Immutable.fromJS({ a: { b: [1, 2] } });
  const next = map.updateIn(['a', 'b'], (l) => l.push(3));
  same('immutable', [map.toJS(), next.toJS(), Immutable.is(map, Immutable.fromJS({ a: { b: [1, 2] } })), Immutable.Range(0, 1e9).skip(5).take(2).toArray()], [{ a: { b: [1, 2] } }, { a: { b: [1, 2, 3] } }, true, [5, 6]]);
  same('zod', User.parse({ name: 'x', mail: 'a@b.cd', age: '7' }), { name: 'x', mail: 'a@b.cd', age: 7, tags: [] });
  const bad = User.safeParse({ name: '', mail: 'nobody', tags: ['c'] });
  same('zod says where', [bad.success, bad.error.issues.map((i) => i.path.join('.'))], [false, ['name', 'mail', 'tags.0']]);
  throws('zod throws', () => z.string().parse(1), 'expected string');
}
