import { group, check } from 'k6';
const kinds = [
  () => { [3, 1, 2].sort(() => { throw new Error('in sort'); }); },
  () => { JSON.stringify({ toJSON() { throw new Error('in toJSON'); } }); },
  () => { 'abc'.replace(/b/, () => { throw new Error('in replace'); }); },
  () => { group('g', () => { throw new Error('in group'); }); },
  () => { check(1, { c: () => { throw new Error('in check'); } }); },
  () => { new (class { #x = (() => { throw new Error('in field'); })(); })(); },
  () => { ({ get a() { throw new Error('in getter'); } }).a; },
  () => { const f = (n) => { if (n === 0) throw new Error('deep'); f(n - 1); }; f(30); },
];
export default function () { kinds[Number(__ENV.K)](); }
