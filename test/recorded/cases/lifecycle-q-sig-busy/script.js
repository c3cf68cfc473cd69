export default function () { console.log('in default'); const t = Date.now(); while (Date.now() - t < 3000); console.log('not reached'); }
export function teardown(d) { console.log('in teardown'); }
export function handleSummary(d) { console.log('in summary'); return { stdout: 'S\n' }; }
