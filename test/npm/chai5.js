//# args: --vus 2 --iterations 4
// The build of today: one ES module.
import { AssertionError, assert, expect, use } from './node_modules/chai5/chai.js';
import { same, throws } from './_expect.js';

export default function () {
  expect({ a: [{ b: 1 }] }).to.deep.equal({ a: [{ b: 1 }] });
  expect([1, 2, 3]).to.include.members([3, 1]);
  expect(new Date(5)).to.deep.equal(new Date(5));
  expect(() => null.x).to.throw(TypeError);
  expect({ n: 1n }).to.have.property('n').that.is.a('bigint');
  assert.deepInclude({ a: { b: 1 }, c: 2 }, { a: { b: 1 } });
  throws('text of a failure', () => expect([1, 2]).to.be.empty, 'expected [ 1, 2 ] to be empty');
  throws('typo', () => expect(1).to.bee, 'Invalid Chai property: bee');
  use((c, utils) => utils.addProperty(c.Assertion.prototype, 'odd', function () { this.assert(this._obj % 2 === 1, 'expected #{this} to be odd'); }));
  expect(3).to.be.odd;
  try {
    expect(1, 'one').to.equal(2);
  } catch (e) {
    same('the error', [e instanceof AssertionError, e.message, e.showDiff], [true, 'one: expected 1 to equal 2', true]);
    return;
  }
  throw new Error('nothing was thrown');
}
