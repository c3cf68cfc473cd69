
import http from 'k6/http'; const T = __ENV.TARGET;
http.setResponseCallback(http.expectedStatuses(200, { min: 400, max: 404 }));
export const options = { thresholds: { http_req_failed: ['rate==0.5'], 'http_reqs{expected_response:true}': ['count==3'], 'http_req_duration{expected_response:false}': ['avg>0'] } };
const t = (n, f) => { try { console.log(n, f()); } catch (e) { console.log(n, 'threw', e.name, e.name === 'TypeError' ? '' : e.message); } };
export default function () { for (const s of [200, 404, 405, 500]) http.get(`${T}/status/${s}`); http.setResponseCallback(null); http.get(`${T}/status/500`); http.setResponseCallback(http.expectedStatuses(500)); http.get(`${T}/status/500`); http.get(`${T}/status/200`);
 t('bad', () => http.setResponseCallback(5)); t('fn', () => http.setResponseCallback(() => true)); t('none', () => http.setResponseCallback()); t('es none', () => typeof http.expectedStatuses()); t('es str', () => http.expectedStatuses('200')); t('es obj', () => http.expectedStatuses({ min: 5 })); t('es rev', () => typeof http.expectedStatuses({ min: 500, max: 200 })); t('es float', () => typeof http.expectedStatuses(200.5)); t('es null', () => http.expectedStatuses(null)); t('es neg', () => typeof http.expectedStatuses(-1)); t('param bad', () => http.get(`${T}/ip`, { responseCallback: 5 }).status); t('keys', () => Object.keys(http.expectedStatuses(200)).join()); }
