import { sleep } from 'k6';
export default function () { console.log('in default'); sleep(3); }
export function teardown(d) { console.log('in teardown'); sleep(4); console.log('teardown goes on'); }
export function handleSummary(d) { console.log('in summary'); return { stdout: 'S\n' }; }
