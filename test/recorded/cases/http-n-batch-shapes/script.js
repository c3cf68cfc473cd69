import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export default function () {
  const s = (n, b) => t(n, () => { const r = http.batch(b); return Array.isArray(r) ? r.map((x) => x && [x.status, x.error_code, x.error, x.url && x.url.replace(T, '')]) : r && Object.fromEntries(Object.entries(r).map(([k, x]) => [k, x && [x.status, x.error_code, x.error, x.url && x.url.replace(T, '')]])); });
  s('undef', undefined); s('null', null); s('num', 5); s('str', T); s('true', true); s('arr0', []); s('obj0', {}); s('map', new Map([['a', T + '/get']])); s('set', new Set([T])); s('date', new Date(0)); s('fn', () => 1); s('u8', new Uint8Array(2)); s('sym', Symbol('x')); s('big', 5n);
  t('none', () => http.batch()); t('two', () => http.batch([T], [T])); t('two undef', () => http.batch([T], undefined));
  s('one', [T + '/get']); s('obj', { a: T + '/get', b: ['GET', T + '/ip'] }); s('mixed', [T + '/get', ['GET', T + '/ip'], { url: T + '/ip' }, { method: 'POST', url: T + '/post', body: 'x' }]);
  s('url tpl', [http.url`${T}/get`, { url: http.url`${T}/ip` }, ['GET', http.url`${T}/json`]]);
  s('arr1', [['GET']]); s('arr el 0', [[]]); s('arr method num', [[5, T]]); s('arr method null', [[null, T]]); s('method undef', [[undefined, T]]); s('arr lower', [['get', T + '/get']]); s('arr url num', [['GET', 5]]); s('arr url null', [['GET', null]]); s('arr url undef', [['GET', undefined]]);
  s('obj no url', [{ method: 'GET' }]); s('obj url undef', [{ url: undefined }]); s('obj url null', [{ url: null }]); s('obj url num', [{ url: 5 }]); s('obj method num', [{ url: T, method: 5 }]); s('obj method null', [{ url: T, method: null }]); s('obj method undef', [{ url: T, method: undefined }]); s('obj method empty', [{ url: T + '/get', method: '' }]); s('obj method lower', [{ url: T + '/anything', method: 'purge' }]); s('obj URL', [{ URL: T }]); s('el null', [null]); s('el undef', [undefined]); s('el num', [5]); s('el bool', [true]); s('el empty', ['']); s('el bad', ['x']); s('el date', [new Date(0)]); s('el sym', [Symbol('zzz')]); s('el map', [new Map([['url', T]])]);
  s('named err', { two: 5 }); s('named no url', { k: {} }); s('named arr', { k: ['GET'] }); s('named num', { 7: T + '/get' });
  s('middle bad', [T + '/get', ['GET', 'http://[bad'], T + '/ip']); s('middle unreachable', [T + '/get', 'http://127.0.0.1:1/', T + '/ip']);
  s('params num', [['GET', T + '/get', null, 5]]); s('params str', [['GET', T + '/get', null, 'x']]); s('params bad', [['GET', T + '/get', null, { timeout: 'x' }]]); s('body num', [['POST', T + '/post', 5]]); s('body fn', [{ method: 'POST', url: T, body: new Date(0) }]); s('five', [['GET', T + '/get', null, {}, 5]]);
  s('sparse', [T + '/get', , T + '/ip']); s('nested', [[[T]]]); s('arguments', (function () { return arguments; })(T + '/get')); s('class', [new (class { constructor() { this.url = T + '/get'; } })()]); s('inherit', [Object.create({ url: T + '/get' })]); s('getter', [{ get url() { return T + '/get'; } }]); s('ab', [['POST', T + '/post', new Uint8Array([65]).buffer]]); s('u8 body', [['POST', T + '/post', new Uint8Array([65])]]);
  t('throwing getter', () => http.batch([{ get url() { throw new RangeError('g'); } }]).length); t('throwing arr', () => http.batch([['GET', { toString() { throw new RangeError('s'); } }]]).length);
}

