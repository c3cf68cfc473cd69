import http from 'k6/http';
import { check, group } from 'k6';
import { Counter } from 'k6/metrics';
const c = new Counter('my_c');
const all = ['proto', 'subproto', 'status', 'method', 'url', 'name', 'group', 'check', 'error', 'error_code', 'tls_version', 'scenario', 'service', 'expected_response', 'iter', 'vu', 'ocsp_status', 'ip'];
const S = [undefined, [], all, ['unknown', 'status']];
export const options = S[__ENV.W] ? { systemTags: S[__ENV.W] } : {};
export default function () { group('g', () => { const r = http.get(`${__ENV.TARGET}/status/404`); check(r, { c: true }); c.add(1); }); }
