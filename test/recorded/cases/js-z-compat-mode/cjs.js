const { lib } = require('./lib.js'); module.exports.default = function () { console.log(lib, typeof global); };
