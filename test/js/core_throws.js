//# err: msg="null\\n\\tat [^"]*core_throws\.js:[0-9]+:[0-9]+.*source=stacktrace
//# err: msg="undefined\\n\\tat [^"]*core_throws\.js:[0-9]+:[0-9]+.*source=stacktrace
//# err: msg="7\\n\\tat [^"]*core_throws\.js:[0-9]+:[0-9]+.*source=stacktrace
//# err: msg="a text\\n\\tat [^"]*core_throws\.js:[0-9]+:[0-9]+.*source=stacktrace
//# err: msg="\[object Object\]\\n\\tat [^"]*core_throws\.js:[0-9]+:[0-9]+.*source=stacktrace
//# err: msg="Own: of a class\\n\\tat [^"]*core_throws\.js:[0-9]+:[0-9]+
//# err: msg="TypeError: [^"]*\\n\\tat [^"]*core_throws\.js:[0-9]+:[0-9]+
//# err: msg="RangeError: Maximum call stack
//# err: msg="SyntaxError: 
class Own extends Error {
  constructor(m) {
    super(m);
    this.name = 'Own';
  }
}
const throwers = [
  () => { throw null; },
  () => { throw undefined; },
  () => { throw 7; },
  () => { throw 'a text'; },
  () => { throw { a: 1 }; },
  () => { throw new Own('of a class'); },
  () => undefined.x,
  function again() { return again() + 1; },
  () => JSON.parse('{'),
  () => { throw Symbol('s'); },
  () => { throw new Proxy({}, { get() { throw new Error('of a proxy'); } }); },
  () => { throw Object.create(null); },
  () => { throw { toString() { throw new Error('of toString'); } }; },
  () => { const e = new Error('x'); Object.defineProperty(e, 'message', { get() { throw e; } }); throw e; },
  () => { const e = new Error('x'); Object.defineProperty(e, 'stack', { value: 5 }); throw e; },
  () => { throw new Error('long '.repeat(100000)); },
  () => { throw new Error('NUL \u0000, lone \ud800'); },
  () => { throw [[[[]]]]; },
  () => { throw new AggregateError([new Error('a')], 'several'); },
  () => { throw new Error('with a cause', { cause: new Error('cause') }); },
];
export const options = { iterations: throwers.length, thresholds: { iterations: [`count==${throwers.length}`] } };

export default function () {
  throwers[__ITER]();
}
