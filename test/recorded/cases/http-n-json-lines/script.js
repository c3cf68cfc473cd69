import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export default function () {
  const g = (body) => http.post(T + '/post', body);
  const s = (body, p) => t(body.slice(0, 30) + ' ' + p, () => { const r = http.get(T + '/get'); r.body = body; const v = r.json(p); return [typeof v, v]; });
  const L = '{"a":1}\n{"a":2}\n{"a":3}';
  for (const p of ['..#', '..0.a', '..1', '..#.a', '..#(a>1).a', '..#(a>1)#.a', '..', '..3', '..#.a|@reverse', '..a', 'a']) s(L, p);
  for (const p of ['..#', '..0', '..#.x', '..1']) { s('[1,2]', p); s('{"x":1}', p); s('5', p); s('', p); s(' ', p); s('1 2 3', p); s('{"a":1}{"a":2}', p); }
  for (const b of ['5', '-5.5', '1e3', '"str"', 'true', 'false', 'null', '[]', '{}', ' 5 ', '\n{"a":1}\n', '', ' ', 'nul', '{', '[', '"', '{"a":}', '[1,]', '{"a":1,}', '01', '1.', '.5', '+1', '-', '1e', '0x1', "{'a':1}", '{a:1}', '[1 2]', '{"a" 1}', '"\\x"', '"\\u12"', '"\t"', '"\x00"', '\ufeff{}', '{"a":1}x', '[1]]', '//c\n1', 'NaN', 'Infinity', '"\\ud800"', '"\\ud83d\\ude00"', '"é"', '1e400', '-0', '123456789012345678901234567890', '1E+2', '{"a":{"a":{"a":1}}}', '{"":1}', '[[[[]]]]', '{"__proto__":1}', 'tru', 'true false', '{"a":tru}', '["a","b"', '{"a":"b"', '{"a":"b}', '[1,,2]', '{,}', '{"a"}', '{1:2}', '[1}', '{"a":1]', '\u00a01', '\v1', '"a\nb"', '"\\', '"\\u', '"\\u00e9"', '-a', '--1', '1a', '1.5.5', '1e1e1', '[1\n,\n2,\nx]', '{"a":1,\n"b":x}', 'é', '{"é":x}']) { s(b); s(b, '@this'); s(b, 'a'); s(b, '0'); s(b, ''); }
}

