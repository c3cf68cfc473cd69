export default function () { console.log('default'); }
export function teardown(d) { console.log('teardown'); }
export function handleSummary(d) { console.log('summary', Object.keys(d.metrics).sort().join()); return { stdout: 'S\n' }; }
