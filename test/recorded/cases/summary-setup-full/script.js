import { check, group } from 'k6';
export function setup() { check(1, { s: () => true }); group('in', () => check(1, { t: () => true })); }
export default function () { check(1, { d: () => true }); }
export function teardown() { check(1, { td: () => false }); }
