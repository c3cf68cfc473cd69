import exec from 'k6/execution'; import { group } from 'k6';
const kinds = [() => { try { exec.test.abort('in try'); } catch (e) { console.log('caught'); } finally { console.log('finally'); } console.log('after'); }, () => group('g', () => exec.test.abort('in group')), async () => { await null; exec.test.abort('after await'); }, () => { setTimeout(() => exec.test.abort('in timer'), 1); }, () => { Promise.resolve().then(() => exec.test.abort('in then')).catch(() => console.log('caught')).finally(() => console.log('fin')); }, () => { [1].forEach(() => exec.test.abort()); }];
export default function () { return kinds[Number(__ENV.K)](); }
export function teardown() { console.log('teardown'); }
