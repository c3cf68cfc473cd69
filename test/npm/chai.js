//# args: --vus 2 --iterations 4
import chai, { assert, expect, should as makeShould } from './node_modules/chai/chai.js';
import { same, throws } from './_expect.js';

makeShould();

export default function () {
  expect({ a: { b: [1, 2] } }).to.deep.equal({ a: { b: [1, 2] } });
  expect([1, 2, 3]).to.be.an('array').that.includes(2).and.has.lengthOf(3);
  expect({ a: 1, b: 2 }).to.have.all.keys('a', 'b');
  expect({ a: { b: { c: 7 } } }).to.have.nested.property('a.b.c', 7);
  expect('text body').to.match(/body$/).and.to.have.string('text');
  expect(1.5).to.be.closeTo(1.4, 0.2).and.not.NaN;
  expect(() => { throw new RangeError('too far'); }).to.throw(RangeError, /far/);
  expect(new Map([['k', { v: 1 }]])).to.deep.equal(new Map([['k', { v: 1 }]]));
  expect(new Set([1, 2])).to.include(2);
  expect(new Uint8Array([1, 2])).to.deep.equal(new Uint8Array([1, 2]));
  expect([{ id: 1 }, { id: 2 }]).to.have.deep.members([{ id: 2 }, { id: 1 }]);
  expect(200, 'status').to.be.oneOf([200, 201]).and.be.within(200, 299);
  (5).should.equal(5);
  'x'.should.be.a('string');
  assert.strictEqual(1 + 1, 2);
  assert.sameMembers([1, 2], [2, 1]);
  assert.isRejected === undefined || same('no promises here', true, false);
  throws('message of a failed equality', () => expect({ a: 1 }).to.deep.equal({ a: 2 }), 'expected { a: 1 } to deeply equal { a: 2 }');
  throws('message with a prefix', () => expect(404, 'status code').to.equal(200), 'status code: expected 404 to equal 200');
  throws('missing key', () => expect({ a: 1 }).to.have.property('b'), "expected { a: 1 } to have property 'b'");
  throws('a typo is caught by the proxy', () => expect(1).to.bee.equal(1), 'Invalid Chai property: bee');
  try {
    assert.equal([1, 2].length, 3, 'length');
    throw new Error('unreachable');
  } catch (e) {
    same('AssertionError', [e.name, e instanceof chai.AssertionError, e instanceof Error, e.actual, e.expected], ['AssertionError', true, true, 2, 3]);
  }
  chai.use((c) => c.Assertion.addMethod('even', function () { this.assert(this._obj % 2 === 0, 'expected #{this} to be even', 'expected #{this} not to be even'); }));
  expect(4).to.be.even();
  throws('own assertion', () => expect(3).to.be.even(), 'expected 3 to be even');
}
