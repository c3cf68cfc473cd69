module.exports = class Cls { constructor(a) { this.a = a; } };
