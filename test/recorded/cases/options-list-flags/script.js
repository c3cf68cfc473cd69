import exec from 'k6/execution';
export const options = { summaryTrendStats: ['med'], blacklistIPs: ['9.0.0.0/8'], blockHostnames: ['z.com'] };
export default function () { if (exec.scenario.iterationInTest === 0) console.log(JSON.stringify(exec.test.options)); }
