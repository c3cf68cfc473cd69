import { check, group } from 'k6';
export default function () { group('a', () => group('b', () => group('c', () => group('a', () => check(1, { x: () => 1 }))))); group('e', () => {}); group('a', () => group('z', () => {})); }
