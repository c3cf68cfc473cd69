const one = require('./cj1.js'); exports.v = 'two'; exports.seen = Object.keys(one).join();
