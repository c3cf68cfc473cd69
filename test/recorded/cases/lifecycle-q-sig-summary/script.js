import { sleep } from 'k6';
export default function () { console.log('in default'); }
export function handleSummary(d) { console.log('in summary'); sleep(1); console.log('summary goes on'); return { stdout: 'S\n' }; }
