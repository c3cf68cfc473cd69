//# args: --vus 2 --iterations 4
// Hundreds of small ES modules that import one another.
import { chunk, debounce, get, isEqual, merge, template, uniqBy } from './node_modules/lodash-es/lodash.js';
import cloneDeep from './node_modules/lodash-es/cloneDeep.js';
import chain from './node_modules/lodash-es/lodash.default.js';
import { same } from './_expect.js';

export default function () {
  same('named', [chunk([1, 2, 3], 2), get({ a: { b: 1 } }, 'a.b'), uniqBy([1.1, 1.2], Math.floor)], [[[1, 2], [3]], 1, [1.1]]);
  same('one file alone', isEqual(cloneDeep({ a: [1] }), { a: [1] }), true);
  same('the default', chain([3, 1, 2]).sortBy().reverse().value(), [3, 2, 1]);
  same('merge and template', [merge({ a: 1 }, { b: 2 }), template('<%= x %>!')({ x: 1 })], [{ a: 1, b: 2 }, '1!']);
  same('functions', typeof debounce, 'function');
}
