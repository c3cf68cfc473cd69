import exec from 'k6/execution';
export const options = { vus: null, iterations: null, tags: null, thresholds: null, stages: null, scenarios: null, systemTags: null, summaryTrendStats: null, dns: null, hosts: null, ext: null, setupTimeout: null, userAgent: null };
export default function () { if (exec.scenario.iterationInTest === 0) console.log(JSON.stringify(exec.test.options)); }
