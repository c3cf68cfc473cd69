import http from 'k6/http';
import { check } from 'k6';
const T = __ENV.TARGET;
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
const t = (n, f) => { try { const v = f(); console.log(n, v === undefined ? 'undefined' : JSON.stringify(sort(v))); } catch (e) { console.log(n, 'threw', ['TypeError','RangeError','SyntaxError','ReferenceError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`); } };

const bin = open('./data.bin', 'b'); const txt = open('./data.txt');
export default function () {
  const p = (o, h) => { const r = http.post(`${T}/anything`, o, h); const j = r.json(); return [r.status, j.files, j.form, (j.headers['Content-Type'] || '').slice(0, 30)]; };
  t('bin', () => p({ f: http.file(bin, 'a.bin') }));
  t('txt', () => p({ f: http.file(txt, 'a.txt', 'text/plain') }));
  t('two', () => p({ f: http.file(txt, 'a.txt'), g: http.file('inline', 'b.txt', 'text/x'), k: 'v', n: 5, b: true, nul: null }));
  t('arr', () => p({ f: [http.file(txt, 'a.txt'), http.file(txt, 'b.txt')] }));
  t('raw bin', () => { const r = http.post(`${T}/anything`, bin); return [r.json('data'), r.json('headers.Content-Type'), r.json('headers.Content-Length')]; });
  t('raw txt', () => { const r = http.post(`${T}/anything`, txt); return [r.json('data'), r.json('headers.Content-Type')]; });
  t('u8', () => { const r = http.post(`${T}/anything`, new Uint8Array(bin)); return [r.status, r.error_code]; });
  t('sub', () => { const r = http.post(`${T}/anything`, bin.slice(1, 3)); return [r.json('headers.Content-Length')]; });
  t('ct', () => p({ f: http.file(txt, 'a.txt') }, { headers: { 'Content-Type': 'x/y' } }));
  t('file props', () => { const f = http.file(bin, 'n', 't'); return [Object.keys(f).sort(), f.filename, f.content_type, f.data.byteLength]; });
  t('file bad', () => http.file(5)); t('file none', () => http.file()); t('file null', () => http.file(null)); t('file obj', () => http.file({})); t('file u8', () => http.file(new Uint8Array([1]), 'x').filename);
  t('names', () => p({ 'a"b': http.file('x', 'q"u\\o\n.txt', 'a/b') }));
  t('empty', () => p({ f: http.file('', 'e') }));
  t('put', () => http.put(`${T}/anything`, { f: http.file(txt, 'a') }).json('method'));
}
