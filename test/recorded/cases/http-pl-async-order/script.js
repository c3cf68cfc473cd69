import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default async function () {
  const log = [];
  const p = http.asyncRequest('GET', `${T}/chunks/3`).then((r) => log.push(`slow ${r.status}`));
  const q = http.asyncRequest('GET', `${T}/get`).then((r) => log.push(`quick ${r.status}`));
  log.push('sync');
  await Promise.all([p, q]);
  console.log(log.join());
  const many = await Promise.all([1, 2, 3, 4, 5].map((i) => http.asyncRequest('GET', `${T}/get?i=${i}`)));
  console.log(many.map((r) => r.json('args.i')).join());
  const race = await Promise.race([http.asyncRequest('GET', `${T}/chunks/8`), http.asyncRequest('GET', `${T}/get`)]);
  console.log(race.url.replace(T, 'T'));
  const settled = await Promise.allSettled([http.asyncRequest('GET', 'http://['), http.asyncRequest('GET', 'http://127.0.0.1:1'), http.asyncRequest('GET', `${T}/get`, null, { timeout: 'x' })]);
  console.log(JSON.stringify(settled.map((s) => [s.status, s.value && s.value.error_code])));
}
