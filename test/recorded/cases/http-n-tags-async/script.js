import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
import exec from 'k6/execution';
export default async function () { exec.vu.metrics.tags.a = '1'; const p = http.asyncRequest('GET', T + '/get'); exec.vu.metrics.tags.a = '2'; await p; http.get(T + '/ip'); exec.vu.metrics.metadata.m = 'x'; await Promise.all([http.asyncRequest('GET', T + '/json'), http.asyncRequest('POST', T + '/post', 'x', { tags: { name: 'nm' } })]); }
