module.exports = function named(a, b) { return a + b; };
