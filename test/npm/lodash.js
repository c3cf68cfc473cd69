//# args: --vus 3 --iterations 6
import { sleep } from 'k6';
import _ from './node_modules/lodash/lodash.js';
import { same, throws } from './_expect.js';

const users = [
  { name: 'ann', age: 40, tags: ['a', 'b'], address: { city: 'Oslo' } },
  { name: 'bob', age: 36, tags: ['b'], address: { city: 'Rome' } },
  { name: 'cyd', age: 40, tags: [], address: { city: 'Oslo' } },
];

function collections() {
  same('chunk', _.chunk([1, 2, 3, 4, 5], 2), [[1, 2], [3, 4], [5]]);
  same('groupBy', _.mapValues(_.groupBy(users, 'address.city'), (l) => _.map(l, 'name')), { Oslo: ['ann', 'cyd'], Rome: ['bob'] });
  same('orderBy', _.map(_.orderBy(users, ['age', 'name'], ['desc', 'asc']), 'name'), ['ann', 'cyd', 'bob']);
  same('sortBy is stable', _.map(_.sortBy(users, 'age'), 'name'), ['bob', 'ann', 'cyd']);
  same('filter by shape', _.map(_.filter(users, { age: 40, address: { city: 'Oslo' } }), 'name'), ['ann', 'cyd']);
  same('find by property pair', _.find(users, ['name', 'bob']).age, 36);
  same('countBy', _.countBy([6.1, 4.2, 6.3], Math.floor), { 4: 1, 6: 2 });
  same('keyBy and invert', _.invert(_.mapValues(_.keyBy(users, 'name'), 'age')), { 36: 'bob', 40: 'cyd' });
  same('partition', _.partition([1, 2, 3, 4], (n) => n % 2), [[1, 3], [2, 4]]);
  same('reduce', _.reduce({ a: 1, b: 2, c: 1 }, (r, v, k) => ((r[v] || (r[v] = [])).push(k), r), {}), { 1: ['a', 'c'], 2: ['b'] });
  same('zipObject', _.zipObject(['a', 'b'], [1, 2]), { a: 1, b: 2 });
  same('differenceWith', _.differenceWith([{ x: 1 }, { x: 2 }], [{ x: 1 }], _.isEqual), [{ x: 2 }]);
  same('uniqBy', _.uniqBy([2.1, 1.2, 2.3], Math.floor), [2.1, 1.2]);
  same('xor and unions', [_.xor([2, 1], [2, 3]), _.union([2], [1, 2]), _.intersection([2, 1], [2, 3])], [[1, 3], [2, 1], [2]]);
  same('flattenDeep', _.flattenDeep([1, [2, [3, [4]], 5]]), [1, 2, 3, 4, 5]);
  same('sample comes from the list', users.includes(_.sample(users)), true);
  same('shuffle keeps all', _.shuffle([3, 1, 2]).sort(), [1, 2, 3]);
  same('random stays inside', _.every(_.times(50, () => _.random(1, 6)), (n) => n >= 1 && n <= 6 && n % 1 === 0), true);
}

function objects() {
  const deep = { a: [{ b: { c: 3 } }] };
  same('get', [_.get(deep, 'a[0].b.c'), _.get(deep, ['a', '1', 'b'], 'none')], [3, 'none']);
  same('set', _.set({}, 'x[0].y', 5), { x: [{ y: 5 }] });
  const copy = _.cloneDeep(deep);
  copy.a[0].b.c = 4;
  same('cloneDeep', [deep.a[0].b.c, copy.a[0].b.c, _.isEqual(deep, copy)], [3, 4, false]);
  const odd = { when: new Date(7), re: /x/gi, map: new Map([[1, { y: 2 }]]), set: new Set([1]), bytes: new Uint8Array([1, 2]), sym: Symbol.iterator };
  const again = _.cloneDeep(odd);
  same('cloneDeep of kinds', [_.isEqual(odd, again), again.when !== odd.when, again.map.get(1) !== odd.map.get(1), again.bytes[1], String(again.re)], [true, true, true, 2, '/x/gi']);
  const ring = { name: 'ring' };
  ring.self = ring;
  same('cloneDeep of a cycle', _.cloneDeep(ring).self.self.name, 'ring');
  same('merge', _.merge({ a: [{ b: 1 }], n: null }, { a: [{ c: 2 }], n: 1 }), { a: [{ b: 1, c: 2 }], n: 1 });
  same('defaultsDeep', _.defaultsDeep({ a: { b: 2 } }, { a: { b: 1, c: 3 } }), { a: { b: 2, c: 3 } });
  same('pick and omit', [_.pick(users[0], ['name', 'address.city']), _.omit(users[1], ['tags', 'address'])], [{ name: 'ann', address: { city: 'Oslo' } }, { name: 'bob', age: 36 }]);
  same('transform', _.transform([2, 3, 4], (r, n) => { r.push(n * n); return n % 2 === 0; }, []), [4, 9]);
  same('kinds', [_.isPlainObject({}), _.isPlainObject(new Date()), _.isArguments((function () { return arguments; })()), _.isTypedArray(new Int8Array(1)), _.isError(new TypeError('x')), _.isNative(Array.prototype.push), _.isEmpty({})], [true, false, true, true, true, true, true]);
  same('toPairs of a map', _.toPairs(new Map([['a', 1]])), [['a', 1]]);
}

function functions() {
  let calls = 0;
  const memo = _.memoize((x) => { calls++; return x * 2; });
  same('memoize', [memo(2), memo(2), memo(3), calls], [4, 4, 6, 2]);
  const once = _.once(() => ++calls);
  same('once', [once(), once()], [3, 3]);
  const curried = _.curry((a, b, c) => [a, b, c]);
  same('curry', curried(1)(_, 3)(2), [1, 2, 3]);
  same('partial and flow', _.flow(_.partial((a, b) => a + b, 1), (x) => x * x)(2), 9);
  same('bind', _.bind(function (greet, mark) { return greet + this.user + mark; }, { user: 'fred' }, 'hi ', _)('!'), 'hi fred!');
  same('attempt', _.isError(_.attempt(() => { throw new Error('no'); })), true);
  throws('a function is wanted', () => _.debounce(1), 'Expected a function');
}

function strings() {
  same('cases', [_.camelCase('Foo Bar-baz'), _.kebabCase('fooBar 2x'), _.snakeCase('XMLHttp'), _.startCase('--foo-bar'), _.capitalize('FRED')], ['fooBarBaz', 'foo-bar-2-x', 'xml_http', 'Foo Bar', 'Fred']);
  same('deburr and words', [_.deburr('déjà vu'), _.words('fred, barney & pebbles')], ['deja vu', ['fred', 'barney', 'pebbles']]);
  same('pad, truncate, escape', [_.pad('abc', 8, '_-'), _.truncate('hi-diddly-ho there', { length: 10 }), _.escape('<a & "b">')], ['_-abc_-_', 'hi-didd...', '&lt;a &amp; &quot;b&quot;&gt;']);
  same('template', _.template('<% users.forEach(u => { %>[<%- u %>]<% }) %>${ n }')({ users: ['a', '<b>'], n: 1 }), '[a][&lt;b&gt;]1');
  same('astral characters', [_.toArray('a👩‍🚀b').length, _.size('héllo')], [3, 5]);
}

function chains() {
  same('chain', _.chain(users).filter((u) => u.age > 36).map('name').join('|').value(), 'ann|cyd');
  let seen = 0;
  const lazy = _(_.range(1000)).map((x) => { seen++; return x * 2; }).filter((x) => x % 4 === 0).take(3).value();
  same('lazy evaluation stops early', [lazy, seen], [[0, 4, 8], 5]);
  same('own mixin', (_.mixin({ twice: (x) => x * 2 }), _(21).twice()), 42);
  same('runInContext is apart', _.runInContext() !== _ && _.runInContext().twice === undefined, true);
}

const pauses = [];
const rest = _.debounce((x) => pauses.push(x), 5);

export default function () {
  collections();
  sleep(0.002); // the other VUs of the pod come in between
  objects();
  functions();
  sleep(0.001);
  strings();
  chains();
  // Timers of the library run in the iteration's event loop.
  pauses.length = 0;
  rest(1);
  rest(2);
  _.delay((x) => same('debounce kept the last call alone', [pauses, x], [[2], 'late']), 40, 'late');
}
