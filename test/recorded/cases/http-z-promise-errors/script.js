import http from 'k6/http';
import { check } from 'k6';
const T = __ENV.TARGET;
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
const t = (n, f) => { try { const v = f(); console.log(n, v === undefined ? 'undefined' : JSON.stringify(sort(v))); } catch (e) { console.log(n, 'threw', ['TypeError','RangeError','SyntaxError','ReferenceError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`); } };

export const options = { iterations: 4 };
const F = [
  async () => { const ps = [http.asyncRequest('GET', `${T}/ip`), http.asyncRequest('GET', `${T}/status/500`)]; const rs = await Promise.all(ps); check(rs, { len: (r) => r.length === 2 }); },
  async () => { try { await http.asyncRequest('GET', 'nope://x'); console.log('no throw'); } catch (e) { console.log('caught', typeof e, String(e).length > 0); } },
  async () => { await http.asyncRequest('GET', `${T}/ip`); throw new Error('after await'); },
  () => { http.asyncRequest('GET', `${T}/ip`).then((r) => { console.log('then', r.status); throw new Error('in then'); }).catch((e) => console.log('caught', e.message)); },
];
export default function () { return F[__ITER](); }
