export const options = { thresholds: { iterations: ['count>5'] }, linger: true };
export default function () { console.log('default'); }
export function handleSummary(d) { console.log('summary', JSON.stringify(d.metrics.iterations.thresholds)); return { stdout: 'S\n' }; }
