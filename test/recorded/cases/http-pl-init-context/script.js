import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
const tried = [];
for (const f of [() => http.get(T), () => http.post(T), () => http.batch([T]), () => http.request('GET', T), () => http.cookieJar(), () => new http.CookieJar(), () => http.expectedStatuses(200), () => http.setResponseCallback(http.expectedStatuses(201)), () => http.file('x'), () => http.url`${T}/x`]) { try { const v = f(); tried.push(['ok', typeof v]); } catch (e) { tried.push(['threw', e.name, e.message]); } }
let p; try { p = http.asyncRequest('GET', T); p.catch((e) => tried.push(['rejected', e && e.message])); } catch (e) { tried.push(['threw', e.name, e.message]); }
export default function () { for (const t of tried) console.log(JSON.stringify(t)); console.log(http.get(`${T}/status/201`).status); }
