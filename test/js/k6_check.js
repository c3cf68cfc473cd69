import { check, group } from 'k6';
import { same, throws } from './_expect.js';

export const options = { iterations: 3, vus: 1, thresholds: { 'checks{check:counted}': ['rate==1'], 'checks{kind:a}': ['rate==0.5'] } };

throws('check in init', () => check(1, { a: true }), 'init context');
throws('group in init', () => group('g', () => 1), 'init context');

export default function () {
  same('all hold', check({ a: 1 }, { counted: (v) => v.a === 1, constant: true, text: 'x' }), true);
  same('one fails', check(1, { 'does not hold': (v) => v === 2, holds: (v) => v === 1 }, { kind: 'a' }), false);
  same('nothing to check', check(1, {}), true);
  same('a function has no members', check(1, () => false), true);
  same('a list has', check(1, [(v) => v === 1]), true);
  same('values count by truth', [check(0, { v: 0 }), check(0, { v: [] })], [false, true]);
  throws('no set', () => check(1), 'no checks provided');
  throws('null', () => check(1, null), 'null');
  throws('separator', () => check(1, { 'a::b': true }), "may not contain '::'");
  throws('async', () => check(1, { a: async () => true }), 'async functions');
  throws('tag', () => check(1, { a: true }, { t: {} }), "metric tag 't'");
  throws('throwing', () => check(1, { boom: () => { throw new Error('in the check'); }, later: () => { throw new Error('not run'); } }), 'in the check');
  // a check inside a check's function, with enough names to push each other out of the cache
  const many = {};
  for (let i = 0; i < 40; i++) many[`n${i}`] = () => check(i, { [`inner ${i}`]: (v) => v === i });
  same('nested', check(1, many), true);
}
