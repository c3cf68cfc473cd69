module.exports = Object.freeze({ f: 1 });
