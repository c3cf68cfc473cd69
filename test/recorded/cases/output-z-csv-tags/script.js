
import { Counter, Trend } from 'k6/metrics'; import { group, check } from 'k6'; import exec from 'k6/execution';
const c = new Counter('cc'), t = new Trend('tt', true);
export const options = { tags: { run: 'a b', 'q r': 'x' }, systemTags: ['group', 'check', 'scenario', 'vu', 'iter', 'error'] };
export default function () { c.add(1.123456789, { b: 'va"l', a: 'x=y', uni: 'éü' }); t.add(1e-9); t.add(1e15); group('g 1', () => { c.add(-5); check(1, { 'ch"eck': true }); }); exec.vu.metrics.metadata.m1 = 'meta&1'; exec.vu.metrics.tags.t1 = 'x'; c.add(2); }
