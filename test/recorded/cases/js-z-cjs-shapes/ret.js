exports.before = 1; if (exports.before) { exports.keys = Object.keys(module).sort().join(); }
