import { group, check } from 'k6';
import exec from 'k6/execution';
export const options = { systemTags: ['check'] };
export default function () { group('a', () => { console.log(exec.vu.metrics.tags.group); check(1, { in: true }); group('b', () => console.log(Object.keys(exec.vu.metrics.tags).length)); }); }
