import { SharedArray } from 'k6/data';
import { same, throws } from './_expect.js';

// What SharedArray refuses, in k6's words.
throws('no function', () => new SharedArray('x'), "a function is expected as the second argument of SharedArray's constructor");
throws('no name', () => new SharedArray('', () => []), "empty name provided to SharedArray's constructor");
throws('async', () => new SharedArray('x', async () => []), 'does not support async functions');
throws('object', () => new SharedArray('x', () => ({})), 'only arrays can be made into SharedArray');
throws('null', () => new SharedArray('x', () => null), 'Cannot convert undefined or null to object');
throws('throws', () => new SharedArray('x', () => { throw new Error('inside'); }), 'inside');
throws('cycle', () => new SharedArray('x', () => { const c = []; c.push(c); return c; }), 'Converting circular structure to JSON');
throws('big', () => new SharedArray('x', () => [1n]), 'BigInt');
throws('itself', () => new SharedArray('x', () => new SharedArray('x', () => [])), 'asks for that SharedArray itself');
throws('a throwing toJSON', () => new SharedArray('x', () => [{ toJSON() { throw new Error('no JSON'); } }]), 'no JSON');
const nested = new SharedArray('outer', () => new SharedArray('inner', () => [1, { a: 2 }]));
const called = SharedArray('called', () => [1]);

export default function () {
  same('nested', nested, [1, { a: 2 }]);
  same('without new', called.length, 1);
  throws('late', () => new SharedArray('late', () => []), 'new SharedArray must be called in the init context');
}
