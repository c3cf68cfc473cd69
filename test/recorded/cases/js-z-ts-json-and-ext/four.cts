module.exports = 4 as number;
