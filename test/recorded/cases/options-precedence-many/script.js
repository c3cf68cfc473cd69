import exec from 'k6/execution';
export const options = { setupTimeout: '5s', tags: { s: '1' }, batch: 3, noConnectionReuse: true, summaryTrendStats: ['avg'] };
export default function () { if (exec.scenario.iterationInTest === 0) console.log(JSON.stringify(exec.test.options)); }
