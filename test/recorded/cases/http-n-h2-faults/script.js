import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export const options = { insecureSkipTLSVerify: true };
export default function () {
  const s = (u, p, m, b) => t(u + (m || ''), () => { const r = http.request(m || 'GET', S + u, b, { timeout: 1200, ...p }); return [r.status, r.error_code, r.error.replace(/127\.0\.0\.1:\d+/g, 'A').replace(/stream ID \d+/, 'ID'), r.body, r.proto, r.tls_version, r.headers && Object.keys(r.headers).length]; });
  for (const c of [0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 99]) { s('/fault/h2reset?code=' + c); s('/fault/h2resetbody?code=' + c); }
  for (const c of [1, 2, 3, 5, 11, 12, 13, 99]) s('/fault/h2goaway?code=' + c);
  for (const f of ['badgzip', 'shortgzip', 'emptygzip', 'unknownencoding', 'nolocation', 'badlocation', 'hang', 'slow?ms=1']) { s('/fault/' + f); }
  s('/fault/h2reset?code=2', { responseType: 'none' }); s('/fault/h2resetbody?code=2', { responseType: 'none' }); s('/fault/h2resetbody?code=8', {}, 'POST', 'x'); s('/fault/h2reset?code=8', {}, 'POST', 'x'); s('/fault/badbr', {}, 'HEAD'); s('/gzip', {}, 'HEAD'); s('/brotli', {}, 'HEAD'); s('/fault/h2resetbody', { responseType: 'binary' }); s('/delay/2', { timeout: 200 }); s('/get');
}

