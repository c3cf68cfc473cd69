import { sleep } from 'k6';
export default function () { console.log('in default'); }
export function teardown(d) { console.log('in teardown'); sleep(1); console.log('teardown goes on'); }
export function handleSummary(d) { console.log('summary'); return { stdout: 'S\n' }; }
