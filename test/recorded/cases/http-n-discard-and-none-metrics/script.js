import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export const options = { discardResponseBodies: true, systemTags: ['status', 'method', 'expected_response', 'error_code'] };
export default function () { http.get(T + '/get'); http.get(T + '/status/404', { responseType: 'text' }); http.get(T + '/fault/badgzip'); http.get(T + '/fault/badgzip', { responseType: 'text' }); http.get(T + '/fault/truncate'); http.head(T + '/gzip'); http.head(T + '/brotli'); http.get(T + '/status/204'); }

