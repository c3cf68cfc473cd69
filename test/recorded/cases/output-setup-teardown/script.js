import { Counter } from 'k6/metrics';
import { check, group } from 'k6';
const c = new Counter('cc');
export function setup() { c.add(1); check(1, { s: () => true }); group('in setup', () => c.add(1)); }
export default function () { c.add(10); }
export function teardown() { c.add(100); check(1, { t: () => false }); }
