import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
import { group } from 'k6';
export default async function () { let p; group('g', () => { p = http.asyncRequest('GET', T + '/get'); http.asyncRequest('GET', T + '/ip', null, { tags: { a: 'b' } }); }); await p; await http.asyncRequest('GET', T + '/json'); http.get(T + '/uuid'); }

