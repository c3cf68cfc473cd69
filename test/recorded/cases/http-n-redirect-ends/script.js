import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export default function () { const s = (n, f) => t(n, f);
 s('301 to abs same path', () => http.get(T + '/redirect-to?status_code=301&url=' + encodeURIComponent(T + '/get?x=1#y')).url.replace(T, ''));
 s('redirect then error', () => { const r = http.get(T + '/redirect-to?url=/fault/close'); return [r.status, r.error_code, r.error, r.url.replace(T, ''), r.request.url.replace(T, '')]; });
 s('redirect to refused', () => { const r = http.get(T + '/redirect-to?url=' + encodeURIComponent('http://127.0.0.1:1/x')); return [r.status, r.error_code, r.error, r.url]; });
 s('redirect to timeout', () => { const r = http.get(T + '/redirect-to?url=/fault/hang', { timeout: 200 }); return [r.status, r.error_code, r.error, r.url.replace(T, '')]; });
 s('redirect to 404', () => { const r = http.get(T + '/redirect-to?url=/status/404'); return [r.status, r.error_code, r.url.replace(T, '')]; });
 s('redirect to gzip', () => http.get(T + '/redirect-to?url=/gzip').json('compressed'));
 s('redirect none', () => http.get(T + '/redirect-to?url=/get', { responseType: 'none' }).body);
 s('redirect bin', () => http.get(T + '/redirect-to?url=/bytes/3', { responseType: 'binary' }).body.byteLength);
 s('redirect throw', () => http.get(T + '/redirect-to?url=/fault/close', { throw: true }));
 s('redirect badloc', () => { const r = http.get(T + '/fault/badlocation'); return [r.status, r.error_code, r.error, r.url.replace(T, ''), r.headers.Location]; });
 s('redirect badloc r0', () => { const r = http.get(T + '/fault/badlocation', { redirects: 0 }); return [r.status, r.error_code, r.error, r.url.replace(T, ''), r.headers.Location]; });
 s('ftp r0', () => { const r = http.get(T + '/fault/ftplocation', { redirects: 0 }); return [r.status, r.error_code, r.error, r.url.replace(T, ''), r.headers.Location]; });
 s('long', () => { const r = http.get(T + '/redirect-to?url=' + encodeURIComponent('/anything?x=' + 'y'.repeat(5000))); return [r.status, r.url.length > 5000]; });
 s('post 307 multipart', () => http.post(T + '/redirect-to?status_code=307&url=/post', { f: http.file('x', 'n', 't') }).json('files'));
 s('head redirect', () => { const r = http.head(T + '/redirect/2'); return [r.status, r.body, r.url.replace(T, ''), r.request.method]; });
 s('302 with body', () => { const r = http.get(T + '/redirect-to?url=/get', { redirects: 0 }); return [r.body, r.status_text]; });
}

