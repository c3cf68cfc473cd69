function named() { return new Error('from named'); }
const arrow = () => new Error('from arrow');
class K { m() { return new Error('from method'); } static s() { return new Error('from static'); } constructor(x) { if (x) this.e = new Error('from ctor'); } get g() { return new Error('getter'); } }
const lines = (e) => e.stack.split('\n').map((l) => l.replace(/file:\/\/.*\//, 'DIR/').replace(/\(\d+\)$/, ''));
export default async function () {
  for (const e of [named(), new K().m(), K.s(), new K(1).e]) { const l = lines(e); console.log(l[0], l.length > 1, /script\.js:\d+:\d+/.test(l[1])); }
  console.log(/script\.js:2:/.test(named().stack), /script\.js:3:/.test(arrow().stack) , typeof arrow().lineNumber, typeof named().fileName);
  const e = new Error('a'); e.message = 'changed'; console.log(e.stack.split('\n')[0], String(e));
  console.log(Error('no new') instanceof Error, Error.length, Error.prototype.name, Error.prototype.message === '', Object.prototype.toString.call(e)); console.log(new Error(undefined).hasOwnProperty('message'), new Error(null).message, new Error('x', { cause: 0 }).cause, 'cause' in new Error('x', {}), new Error({ toString: () => 'obj' }).message);
  try { await Promise.any([Promise.reject(new Error('r'))]); } catch (x) { console.log(x.name, x.errors.length, x.errors[0].message, x instanceof AggregateError, typeof x.message); }
}
