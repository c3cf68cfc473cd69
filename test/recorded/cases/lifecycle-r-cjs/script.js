const exec = require('k6/execution');
const { sleep } = require('k6');
exports.options = { iterations: 2 };
exports.setup = function () { return { n: 1 }; };
exports.default = function (d) { console.log('cjs', d.n, exec.default ? 'has default' : exec.scenario.iterationInTest); exports.default = () => console.log('replaced'); };
exports.teardown = (d) => console.log('teardown', d.n);
exports.handleSummary = () => ({ stdout: 'S\n' });
