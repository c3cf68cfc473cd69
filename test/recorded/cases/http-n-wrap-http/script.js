import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
const orig = http.get; http.get = (u, p) => { console.log('wrapped'); return orig(u, p); };
export default function () { t('a', () => http.get(T + '/get').status); const h = { ...http }; t('spread', () => typeof h.post); t('bound', () => http.post.bind(null, T + '/post')('x').json('data')); t('call', () => http.put.call(undefined, T + '/put', 'y').json('data')); t('apply', () => http.patch.apply(null, [T + '/patch', 'z']).json('data')); t('reflect', () => Reflect.apply(http.del, null, [T + '/delete']).status); t('map', () => [T + '/get', T + '/ip'].map((u) => orig(u).status)); }

