// CommonJS modules among ES modules, as k6 mixes them.
import deflt, { one, self, again, nothing } from './lib/common.js';
import * as all from './lib/common.js';
import { saw, extra } from './lib/ordered.js';
import fn from './lib/common_value.js';
import { throws, same } from './_expect.js';

export const options = { vus: 2, iterations: 4 };

const required = require('./lib/common.js');
same('they run in their turn, once', order, ['common', 'value', 'ordered']);
same('default is the property of that name', deflt, 'its default');
same('or all of module.exports', [fn(), fn.name, fn.extra], ['called', 'named', [1, 2]]);
same('names', [one, self, again, nothing, saw, extra], [1, true, true, undefined, [1, undefined], [1, 2]]);
same('a namespace', Object.keys(all), ['again', 'deep', 'default', 'one', 'self']);
same('require gives module.exports', [required.one, required.deep === fn, all.default], [1, true, 'its default']);
same('require of a built-in', typeof require('k6/http').get, 'function');
throws('what is not there', () => require('./lib/nope.js'), 'lib/nope.js');
throws('an empty name', () => require(''), "require() can't be used with an empty specifier");

export default function () {
  same('there in each VU', [one, required.one, Object.keys(all).length], [1, 1, 5]);
  throws('not in an iteration', () => require('./lib/common.js'), 'only available in the init stage');
}
