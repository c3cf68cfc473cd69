const m = require('./esm.js'); const { default: d, named, bump } = require('./esm.js');
exports.options = { iterations: 1 };
exports.default = function () {
  console.log(typeof m, typeof d, named, Object.keys(m).sort().join(), m.__esModule, m.count, bump(), m.count, m.default === d);
  console.log(Object.prototype.toString.call(m), 'then' in m, m.nope === undefined, JSON.stringify(m));
  try { m.named = 5; console.log('written', m.named); } catch (e) { console.log(e.name); }
  try { m.fresh = 5; console.log('added', m.fresh); } catch (e) { console.log(e.name); }
  try { delete m.named; console.log('deleted', m.named); } catch (e) { console.log(e.name); }
  console.log(m === require('./esm.js'), m.inner.v, m.k, Object.isFrozen(m), Object.isExtensible(m));
};
