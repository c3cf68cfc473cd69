import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export default function () {
  const s = (n, u, p, m, b) => t(n, () => { const r = http.request(m || 'GET', T + u, b, { timeout: 700, ...p }); return [r.status, r.status_text, r.error_code, r.error.replace(/127\.0\.0\.1:\d+->/g, 'L->').replace(/127\.0\.0\.1:\d+/g, 'A'), r.body, r.proto, Object.keys(r.headers).sort(), r.url.replace(T, ''), r.remote_ip, r.timings.duration > 0]; });
  for (const f of ['resetearly', 'reset', 'close', 'halfheaders', 'truncate', 'truncatechunk', 'badstatus', 'shortstatus', 'badproto', 'badheader', 'badlength', 'twolengths', 'badte', 'garbage', 'badchunk', 'badgzip', 'baddeflate', 'badbr', 'badzstd', 'shortgzip', 'emptygzip', 'unknownencoding', 'badlocation', 'nolocation', 'emptylocation', 'ftplocation', 'upgrade', 'nope']) { s(f, '/fault/' + f); s(f + ' none', '/fault/' + f, { responseType: 'none' }); s(f + ' post', '/fault/' + f, { responseType: 'text' }, 'POST', 'x'); s(f + ' head', '/fault/' + f, { responseType: 'binary' }, 'HEAD'); }
}

