import { SharedArray } from 'k6/data';
import { same, throws } from './_expect.js';

// A SharedArray passes for an array; its elements are new and frozen at each read.
const users = new SharedArray('users', () => [
  { id: 1, name: 'žofie', deep: { list: [1, [2, { x: null }]], t: true, f: false }, 'a b': -1.5, 7: 1e300, __proto__x: 1 },
  'text', 12345678901, null, true, [[], {}], { date: new Date(0), fn() {}, u: undefined, n: NaN },
]);
const many = new SharedArray('many', () => Array.from({ length: 5000 }, (_, i) => ({ id: i, [`k${i % 400}`]: `v${i}` })));
const empty = new SharedArray('none', () => []);
const odd = new SharedArray('odd', () => [undefined, 1]);
export const options = { vus: 3, iterations: 3 };

export default function () {
  same('an array', [users.length, Array.isArray(users), users instanceof SharedArray, users.constructor === Array, users[7], users[-1]], [7, true, false, true, undefined, undefined]);
  same('values', users, [
    { 7: 1e300, id: 1, name: 'žofie', deep: { list: [1, [2, { x: null }]], t: true, f: false }, 'a b': -1.5, __proto__x: 1 },
    'text', 12345678901, null, true, [[], {}], { date: '1970-01-01T00:00:00.000Z', n: null },
  ]);
  same('order of keys', Object.keys(users[0]), ['7', 'id', 'name', 'deep', 'a b', '__proto__x']);
  same('new each time', users[0] === users[0], false);
  same('frozen', [Object.isFrozen(users[0]), Object.isFrozen(users[0].deep), Object.isFrozen(users[0].deep.list[1]), Object.isFrozen(users[5][1])], [true, true, true, true]);
  same('methods', [users.map((x) => typeof x).join(), users.find((x) => x && x.id).id, users.indexOf('text'), users.slice(1, 3), [...users].length, Object.entries(users)[1]], ['object,string,number,object,boolean,object,object', 1, 1, ['text', 12345678901], 7, ['1', 'text']]);
  for (const change of [() => { users[0] = 1; }, () => { users.x = 1; }, () => users.push(1), () => users.pop(), () => users.sort(), () => { users.length = 0; }, () => { users[0].id = 2; }, () => { users[0].more = 1; }, () => users[0].deep.list.push(1), () => delete users[0], () => delete users[0].id]) {
    let name;
    try {
      change();
    } catch (e) {
      name = e.name;
    }
    same(`${change}`, name, 'TypeError');
  }
  same('many', [many.length, many[4999], many.filter((m) => m.k7).length, many.reduce((n, m) => n + m.id, 0)], [5000, { id: 4999, k199: 'v4999' }, 13, 12497500]);
  same('empty', [empty.length, empty[0], empty.map((x) => x), JSON.stringify(empty)], [0, undefined, [], '[]']);
  throws('an element without JSON', () => odd[0], '');
  same('the next one', odd[1], 1);
}
