import { fail, group, check } from 'k6';
const F = [
  () => fail(), () => fail('plain'), () => fail(5), () => fail({ a: 1 }), () => fail(null), () => fail(undefined), () => fail(new Error('inner')), () => fail([1, 2]),
  () => { try { fail('caught'); } catch (e) { console.log(e.name, e.message, e instanceof Error, String(e), typeof e.stack, Object.keys(e).join()); } },
  () => { group('g', () => { check(1, { x: false }) || fail('in group'); }); },
];
export default function () { F[__ENV.W](); }
