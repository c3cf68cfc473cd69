import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
export default function () {
  const f = () => http.file('DATA', 'a.txt', 'text/plain');
  const show = (n, b, p) => t(n, () => { const r = http.post(T + '/post', b, p); const e = r.json(); return [e.form, e.files, e.headers['Content-Type'], /^multipart\/form-data; boundary=[0-9a-f]{60}$/.test((r.request.headers['Content-Type'] || [''])[0])]; });
  show('plain', { f: f() });
  show('fields', { f: f(), s: 'x', n: 1, fl: 1.5, b: true, nul: null, und: undefined, big: 1e21, arr: [1, 'b'], obj: { a: 1, b: { c: [1] } }, e: '' });
  show('date', { f: f(), d: new Date(0) });
  show('u8', { f: f(), u: new Uint8Array([65, 66]), });
  show('two', { f: f(), g: http.file(new Uint8Array([0, 255, 1]).buffer, 'bin') });
  show('names', { 'a "q" name': f(), 'b\\s': f(), 'uni é': f(), 'nl\nx': f() });
  show('field names', { f: f(), 'a "q"': 'x', 'b\\s': 'y', 'é': 'z', 'n\r\nl': 'w' });
  show('file names', { a: http.file('1', 'q"uote.txt'), b: http.file('2', 'back\\s'), c: http.file('3', 'é.txt'), d: http.file('4', ''), e: http.file('5', 'dir/x.txt') });
  show('types', { a: http.file('1', 'a', ''), b: http.file('2', 'b', 'text/html; charset=utf-8'), c: http.file('3', 'c', 'é') });
  show('own ct', { f: f() }, { headers: { 'Content-Type': 'multipart/form-data; boundary=zzz' } });
  show('own ct2', { f: f() }, { headers: { 'content-type': 'text/plain' } });
  show('empty', { f: http.file('', 'e') });
  show('map', new Map([['f', f()]]));
  show('getter', { get f() { return http.file('G', 'g'); } });
  show('sym', { f: f(), [Symbol('x')]: 1 });
  show('fn', { f: f(), g: 'z' });
  show('put', { f: f() });
  t('order', () => { const r = http.post(T + '/post', { f: f() }); return r.request.body.replace(/[0-9a-f]{60}/g, 'B'); });
  t('put', () => http.put(T + '/put', { f: f() }).json().files);
  t('request', () => http.request('POST', T + '/post', { f: f() }).json().files);
  t('batch', () => http.batch([['POST', T + '/post', { f: f() }], { method: 'post', url: T + '/post', body: { f: f(), x: 1 } }]).map((r) => [r.json().files, r.json().form]));
  t('get', () => http.request('GET', T + '/get', { f: f() }).json().files);
  t('compressed', () => http.post(T + '/post', { f: f() }, { compression: 'gzip' }).json().files);
}

