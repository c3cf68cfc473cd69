import http from 'k6/http';
import { check } from 'k6';
const T = __ENV.TARGET;
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
const t = (n, f) => { try { const v = f(); console.log(n, v === undefined ? 'undefined' : JSON.stringify(sort(v))); } catch (e) { console.log(n, 'threw', ['TypeError','RangeError','SyntaxError','ReferenceError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`); } };

export default async function () {
  const a = (f) => f().then((r) => console.log('ok', r.status), (e) => console.log('rej', typeof e));
  await a(() => http.asyncRequest('GET', `${T}/ip`));
  await a(() => http.asyncRequest('POST', `${T}/post`, { a: 1 }, { headers: { X: 'y' } }));
  const all = await Promise.all([1, 2, 3].map((i) => http.asyncRequest('GET', `${T}/status/20${i}`)));
  console.log(all.map((r) => r.status).join());
  const race = await Promise.race([http.asyncRequest('GET', `${T}/delay/300`), http.asyncRequest('GET', `${T}/ip`)]);
  console.log(race.url.replace(T, ''));
  const settled = await Promise.allSettled([http.asyncRequest('GET', `${T}/ip`), Promise.reject(new Error('x'))]);
  console.log(settled.map((s) => s.status).join());
  console.log(http.asyncRequest('GET', `${T}/ip`) instanceof Promise, http.get(`${T}/ip`).status);
  try { await http.asyncRequest(); } catch (e) { console.log('no args', typeof e); }
  try { await http.asyncRequest('GET'); } catch (e) { console.log('no url', typeof e); }
  const r = await http.asyncRequest('GET', 'http://127.0.0.1:1/'); console.log(r.status, r.error_code);
}
