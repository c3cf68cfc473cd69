import { fail, group, check } from 'k6'; import exec from 'k6/execution';
const kinds = [() => { try { fail('caught fail'); } catch (e) { console.log(e.name, e.message, String(e), e instanceof Error); } }, () => group('g', () => fail('in group')), async () => { await null; fail('async fail'); }, () => { exec.test.fail('marked'); console.log('goes on'); }, () => { check(1, { c: () => fail('in check') }); }];
export default function () { return kinds[Number(__ENV.K)](); }
