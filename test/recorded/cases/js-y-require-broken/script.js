const said = (f) => { try { return typeof f(); } catch (e) { return [e.name, e instanceof SyntaxError, e.message.replace(/file:\/\/\/\S*\//, 'W/').replace(/(Line \d+):.*/, '$1').replace(/\/\S*\/(d: is a)/, 'W/$1')].join(' '); } };
const out = [];
for (let i = 0; i < 2; i++) out.push(said(() => require('./broken.js')), said(() => require('./later.js')));
out.push(said(() => require('./d')), said(() => require('./d/')), said(() => require('http://a.b/c.js')), said(() => require('ftp://a.b/c.js')), said(() => require('')), said(() => require()), said(() => require(null)));
exports.options = { scenarios: { a: { executor: 'per-vu-iterations', vus: 2, iterations: 1 } } };
exports.default = function () { if (__VU === 1) for (const o of out) console.log(o); };
