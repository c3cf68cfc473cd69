import { count, up, loadedBy } from './lib/counter.js';
import * as all from './lib/counter.js';
import deflt, { count as renamed } from '../js/lib/counter.js';
import { both } from './lib/cycle_a.js';
import { seen } from './lib/cycle_b.js';
import { text, counter, count as through } from './lib/deep.js';
import k6, { check } from 'k6';
import { nothing } from 'k6';
import { nothing as noProperty } from 'k6/http';
import { late } from './lib/missing_name.js';
import { same, throws } from './_expect.js';

export const options = { vus: 2, iterations: 4 };

same('one module under every path', [all.count, renamed, through, deflt === counter], [0, 0, 0, true]);
same('cycles', [both(), seen()], ['ab', 'ab']);
same('names that k6 modules have not', [nothing, noProperty, late], [null, undefined, null]);
same('k6 modules have a default', k6.check === check, true);
same('open is relative to the module', text.split('\n')[0], 'first line');
throws('members of a namespace are not assigned to', () => { all.count = 5; }, '');

export default function () {
  const before = count;
  same('live bindings', [up(), count, all.count, renamed, through], Array(5).fill(before + 1));
  same('each VU has its own', [loadedBy, count <= 4], [__VU, true]);
  same('a namespace', [Object.keys(all), Object.prototype.toString.call(all)], [['count', 'default', 'loadedBy', 'up'], '[object Module]']);
  same('strict', (function () { return this; })(), undefined);
}
