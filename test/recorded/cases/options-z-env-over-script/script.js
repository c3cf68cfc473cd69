
import exec from 'k6/execution';
import { sleep } from 'k6';
export const options = { vus: 1, iterations: 1, tags: { s: '1' }, userAgent: 'script', rps: 100, summaryTrendStats: ['min'], thresholds: { iterations: ['count>0'] }, setupTimeout: '3s', hosts: { a: '1.1.1.1' } };
export default function () { sleep(0.05); const o = exec.test.options; console.log(JSON.stringify([o.scenarios, o.tags, o.userAgent, o.rps, o.summaryTrendStats, o.setupTimeout, o.hosts, o.noConnectionReuse, o.systemTags && o.systemTags.length])); }
