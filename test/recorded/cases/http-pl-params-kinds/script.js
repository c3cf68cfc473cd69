import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  const see = (p) => { const r = http.get(`${T}/get`, p); return [r.status, r.error]; };
  for (const [n, p] of [['null', null], ['undef', undefined], ['num', 5], ['str', 'x'], ['bool', true], ['arr', []], ['arr1', [{ headers: {} }]], ['fn', () => 1], ['date', new Date(0)], ['map', new Map([['timeout', 1]])], ['sym', Symbol('x')], ['regexp', /x/]]) show(n, () => see(p));
  show('unknown', () => see({ nope: 1, alsoNot: { a: 1 } }));
  show('proto', () => see(Object.create({ timeout: 'x' })));
  show('getter', () => see({ get timeout() { throw new Error('mine'); } }));
  show('frozen', () => see(Object.freeze({ tags: Object.freeze({ a: 'b' }) })));
  show('class', () => { class P { constructor() { this.tags = { a: 1 }; } get headers() { return { x: 1 }; } } return see(new P()); });
}
