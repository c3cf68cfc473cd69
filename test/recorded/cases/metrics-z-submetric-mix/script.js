
import { Counter, Trend, Rate, Gauge } from 'k6/metrics'; import { group } from 'k6'; import exec from 'k6/execution';
const c = new Counter('cc'), t = new Trend('tt', true), r = new Rate('rr'), g = new Gauge('gg');
export const options = { tags: { run: 'x' }, thresholds: { 'cc{run:x}': ['count==4'], 'cc{run:y}': ['count==1'], 'cc{vt:1}': ['count==2'], 'tt{k:a,run:x}': ['max==3'], 'rr{k:true}': ['rate==1'], 'rr{k:1}': ['rate==0'], 'gg{k:2}': ['value==9'], 'cc{group:::a::b}': ['count==1'], 'cc{nope:1}': ['count==0'], 'data_sent{run:x}': ['count>=0'], 'iterations{vt:1}': ['count==1'], 'vus{run:x}': ['value>=0'], 'iteration_duration{group:}': ['avg>=0'] } };
export default function () { c.add(1); exec.vu.tags.vt = 1; c.add(1); c.add(1, { vt: 1, run: 'y' }); t.add(3, { k: 'a' }); r.add(1, { k: true }); r.add(0, { k: 1 }); g.add(9, { k: 2 }); exec.vu.tags.vt = 'z'; group('a', () => { group('b', () => c.add(1)); c.add(1); }); exec.vu.tags.vt = '1'; }
