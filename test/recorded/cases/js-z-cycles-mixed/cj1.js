exports.early = 'early'; const two = require('./cj2.js'); exports.two = two.v; exports.seen = two.seen;
