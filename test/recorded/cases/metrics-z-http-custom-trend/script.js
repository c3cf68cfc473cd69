
import http from 'k6/http'; import { Trend } from 'k6/metrics';
const w = new Trend('waiting', true), s = new Trend('size');
export const options = { thresholds: { 'http_req_duration{name:x}': ['avg>=0'], 'size{kind:a}': ['avg==5'] } };
export default function () { const r = http.get(__ENV.TARGET + '/bytes/5', { tags: { name: 'x' } }); w.add(r.timings.waiting >= 0); s.add(r.body.length, { kind: 'a' }); s.add(r.timings.duration >= 0, { kind: 'b' }); s.add(r.status); }
