import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
import { check, group } from 'k6';
export default function () {
  group('g', () => {
    const r = http.get(http.url`${T}/get?id=${7}&x=${'a b'}`, { tags: { mine: 'yes', name: undefined } });
    check(r, { 'ok': (x) => x.status === 200, 'url': (x) => x.url.endsWith('x=a b') || x.url.includes('a%20b') });
    http.get(http.url`${T}/status/${404}`, { tags: { name: 'named' } });
    http.get(`${T}/get?q=1#frag`);
    http.get(`${T.replace('//', '//u:p@')}/get`);
  });
}
