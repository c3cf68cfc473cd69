import exec from 'k6/execution';
export const options = { summaryTrendStats: ['max'], blacklistIPs: ['9.0.0.0/8'], blockHostnames: ['z.com'], tags: { a: '1' }, systemTags: ['url'], thresholds: { iterations: ['count>0'] } };
export default function () { if (exec.scenario.iterationInTest === 0) console.log(JSON.stringify(exec.test.options)); }
