import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export default function () {
  const s = (n, u, p) => t(n, () => { const r = http.get(T + u, p); return [r.status, r.error_code, r.error, r.body === null ? null : r.body instanceof ArrayBuffer ? r.body.byteLength : r.body.slice(0, 40), r.headers['Content-Encoding'], r.headers['Content-Length'] !== undefined]; });
  for (const e of ['gzip', 'deflate', 'brotli', 'zstd', 'encoded?e=gzip,br', 'encoded?e=gzip, deflate', 'encoded?e=deflate,gzip,br', 'encoded?e=zstd,gzip', 'encoded?e=gzip,gzip', 'encoded?e=gzip,zstd']) { s(e, '/' + e); s(e + ' bin', '/' + e, { responseType: 'binary' }); s(e + ' none', '/' + e, { responseType: 'none' }); t(e + ' head', () => { const r = http.head(T + '/' + e); return [r.status, r.error_code, r.body, r.error]; }); }
  for (const c of ['gzip', 'GZIP', 'x-gzip', 'identity', 'gzip, identity', 'foo', 'foo, gzip', '', ',', 'gzip,', 'compress', 'Deflate', 'zst', 'br ', ' gzip ']) { s('hdr ' + c, '/response-headers?Content-Encoding=' + encodeURIComponent(c)); s('hdr empty ' + c, '/status/204?x'); }
}

