import exec from 'k6/execution';
import { group, check, sleep } from 'k6';
import { Counter } from 'k6/metrics';
const c = new Counter('my_c');
export const options = { tags: { opt: 'x' }, scenarios: { s: { executor: 'constant-vus', vus: 1, duration: '1s', tags: { sc: 'y' }, gracefulStop: '0s' } } };
export function setup() { c.add(1); check(1, { setup: true }); group('sg', () => c.add(1)); exec.vu.metrics.tags.own = 'set'; c.add(1); }
export default function () { group('g', () => { c.add(1, { p: 'q' }); check(1, { ok: true }, { ct: 'z' }); }); sleep(0.7); }
export function teardown() { c.add(1); group('tg', () => { check(1, { td: true }); }); }
