const out = [];
for (const n of ['fn', 'num', 'str', 'nul', 'undef', 'cls', 'arr', 'mixed', 'both', 'thisexp', 'late', 'getter', 'frozen', 'empty', 'throws', 'throws', 'ret', 'scope']) { try { const m = require(`./${n}.js`); out.push(`${n} ${m === null ? 'null' : typeof m} ${typeof m === 'function' ? `${m.name} ${m.length}` : JSON.stringify(m)} ${m && typeof m === 'object' ? Object.keys(m).join() : ''}`); } catch (e) { out.push(`${n} threw ${e instanceof Error} ${String(e && e.name)}`); } }
exports.options = { iterations: 1 };
exports.default = function () { for (const o of out) console.log(o); console.log(require('./counter.js').n, require('./counter').n === require('./counter.js').n); console.log(this === undefined, typeof require('./fn.js')); };
