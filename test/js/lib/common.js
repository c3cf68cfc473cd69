// CommonJS: no import, no export, no await.
(globalThis.order ??= []).push('common');
exports.one = 1;
exports.default = 'its default';
exports.self = this === exports && this === module.exports;
exports.again = require('./common.js') === exports;
if (globalThis.never) return;
exports.deep = require('./common_value.js');
