module.exports = { two: 2 };
