exports.__esModule = true; exports.default = function () { console.log('flagged'); }; exports.handleSummary = () => ({ stdout: 'from cjs\n' });
