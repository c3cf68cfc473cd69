
import { check, group, sleep } from 'k6'; import { Counter } from 'k6/metrics'; import exec from 'k6/execution';
const c = new Counter('cc');
export const options = { scenarios: { b_second: { executor: 'shared-iterations', iterations: 1, startTime: '400ms', exec: 'two' }, a_first: { executor: 'shared-iterations', iterations: 1 } } };
export function setup() { group('set', () => check(1, { s: true })); }
export default function () { check(1, { z: true, a: () => { group('in check', () => check(1, { ic: true })); return true; } }); group('G', () => { group('H', () => check(1, { deep: true })); check(1, { after: true }); }); group('empty', () => {}); group('thrower', () => { check(1, { before: true }); throw new Error('x'); }); }
export function two() { group('G', () => check(1, { new: true, after: false })); check(1, { z: false }); }
export function teardown() { check(1, { td: true }); }
