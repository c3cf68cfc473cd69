import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export default function () {
  const s = (n, p) => t(n, () => { const r = http.get(T + '/headers', p); return [r.status, r.json().headers['X-A']]; });
  s('null', null); s('num', 5); s('nan', NaN); s('str', 'str'); s('true', true); s('false', false); s('0', 0); s("''", ''); s('arr', [{ headers: { 'X-A': '1' } }]); s('fn', Object.assign(() => 1, { headers: { 'X-A': '1' } })); s('date', new Date(0)); s('sym', Symbol('x')); s('big', 5n); s('map', new Map([['headers', { 'X-A': '1' }]])); s('proxy', new Proxy({ headers: { 'X-A': '1' } }, {})); s('inherit', Object.create({ headers: { 'X-A': '1' } })); s('nonenum', Object.defineProperty({}, 'headers', { value: { 'X-A': '1' } })); s('class', new (class { constructor() { this.headers = { 'X-A': '1' }; } })()); s('getter', { get headers() { return { 'X-A': 'g' }; } }); s('class getter', new (class { get headers() { return { 'X-A': 'g' }; } })()); s('frozen', Object.freeze({ headers: { 'X-A': 'f' } })); s('error', new Error('x')); s('u8', new Uint8Array(2)); s('String', new String('abc')); s('nullproto', Object.assign(Object.create(null), { headers: { 'X-A': 'n' } })); s('inherit headers', { headers: Object.create({ 'X-A': 'i' }) }); s('proxy headers', { headers: new Proxy({ 'X-A': 'p' }, {}) }); s('upper', { Headers: { 'X-A': 'u' }, HEADERS: { 'X-A': 'v' } });
  t('throw getter', () => http.get(T, { get timeout() { throw new RangeError('q'); } }).status);
  t('throw keys', () => http.get(T, new Proxy({}, { ownKeys() { throw new RangeError('k'); } })).status);
  t('extra', () => http.get(T + '/headers', null, { headers: { 'X-A': 'no' } }).json().headers['X-A']);
  t('post 4', () => http.post(T + '/post', 'b', { headers: { 'X-A': 'y' } }, 5).json().headers['X-A']);
}

