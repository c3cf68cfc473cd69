import http from 'k6/http';
import { check } from 'k6';
const T = __ENV.TARGET;
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
const t = (n, f) => { try { const v = f(); console.log(n, v === undefined ? 'undefined' : JSON.stringify(sort(v))); } catch (e) { console.log(n, 'threw', ['TypeError','RangeError','SyntaxError','ReferenceError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`); } };

export const options = { thresholds: { http_req_failed: ['rate<0.9'], 'http_reqs{status:404}': ['count==2'], 'http_reqs{expected_response:false}': ['count>0'], 'http_req_duration{name:mine}': ['max>=0'], 'http_reqs{method:POST,status:200}': ['count==1'], 'http_reqs{error_code:1404}': ['count==2'] } };
export default function () {
  check(http.get(`${T}/status/404`), { is404: (r) => r.status === 404, 'throws?': (r) => r.body.length >= 0 });
  http.get(`${T}/status/404`, { tags: { name: 'mine' } });
  http.post(`${T}/post`, 'x');
  http.get(`${T}/status/500`, { responseCallback: http.expectedStatuses(500) });
  http.get(`${T}/status/201`, { responseCallback: http.expectedStatuses({ min: 300, max: 399 }) });
  http.get('http://127.0.0.1:1/', { tags: { name: 'refused' } });
}
