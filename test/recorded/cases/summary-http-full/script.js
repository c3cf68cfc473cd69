import http from 'k6/http';
import { group, check } from 'k6';
export const options = { scenarios: { s1: { executor: 'shared-iterations', iterations: 2 }, s2: { executor: 'shared-iterations', iterations: 1, exec: 'two' } }, thresholds: { 'http_req_duration{scenario:s1}': ['max<60000'], 'http_reqs{group:::g}': ['count>0'] } };
export default function () { group('g', () => { const r = http.get(`${__ENV.TARGET}/get`); check(r, { ok: (x) => x.status === 200 }); }); }
export function two() { http.get(`${__ENV.TARGET}/status/500`); }
