import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export default function () {
  const s = (n, v) => t(n, () => http.post(T + '/post', { v }).request.body);
  s('date', new Date(0)); s('date ms', new Date(1234567890123)); s('date invalid', new Date(NaN)); s('re', /x/g); s('map', new Map([['a', 1]])); s('set', new Set([1, 2])); s('u8', new Uint8Array([1, 2])); s('f64', new Float64Array([1.5])); s('u16', new Uint16Array([300])); s('sym', Symbol('q')); s('big', 123456789012345678901234567890n); s('err', new Error('boom')); s('typeerr', new TypeError('boom')); s('String', new String('b')); s('Number', new Number(1.5)); s('Boolean', new Boolean(true)); s('nest', { b: { a: 1 }, a: [1, { z: null }] }); s('nestarr', [[1, [2, 3]], { a: 'x y' }, null, undefined, true]); s('nums', [0, -0, 1.5, 1e20, 1e21, 123456789.123, 1e-5, 0.0001, 100000, 1000000, 2147483648, 4294967296, 9007199254740991, NaN, Infinity, -Infinity, 5e-324, 1.7976931348623157e308, 21e20, 0.1 + 0.2, 1 / 3]); s('int', 9007199254740991); s('neg', -5); s('fl', 12345678.9); s('1e20', 1e20); s('str', 'a b+c&d=é'); s('crlf', '\r\n'); s('emptyarr', []); s('arr', ['', null]); s('objempty', {}); s('nul', '\0'); s('lone', '\ud800'); s('class', new (class Foo { constructor() { this.a = 1; } })()); s('gen', (function* () {})()); s('args', (function () { return arguments; })(1, 'x')); s('nested date', { d: new Date(0) }); s('arr date', [new Date(0)]); s('null proto', Object.assign(Object.create(null), { z: 1 })); s('getter', { get g() { return 5; } }); s('sparse', [1, , 3]); s('response', 1);
  s('promise is a pointer', 1); s('weird', { '': 1, ' ': 2, 'é': 3 }); s('sorted', { b: 1, a: 2, B: 3, 10: 4, 9: 5 }); s('nestmap', { m: new Map([['k', 'v']]) }); s('nested u8', { u: new Uint8Array([9]) }); s('nested err', { u: 5n });
}

