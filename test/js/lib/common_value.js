(globalThis.order ??= []).push('value');
module.exports = function named() { return 'called'; };
module.exports.extra = [1, 2];
