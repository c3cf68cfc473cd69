class Runner { constructor() { this.n = 1; } run() { console.log('method', this === undefined); } } const r = new Runner(); exports.default = r.run; exports.options = { iterations: 1 };
