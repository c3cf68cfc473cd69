import { sleep } from 'k6';
export function setup() { console.log('in setup'); sleep(3); console.log('after sleep'); return 1; }
export default function () { console.log('default'); }
export function teardown() { console.log('teardown'); }
export function handleSummary(d) { console.log('summary', Object.keys(d.metrics).sort().join()); return { stdout: 'S\n' }; }
