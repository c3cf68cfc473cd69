
import { group, check, sleep, fail } from 'k6';
const t = (n, f) => { try { console.log(n, JSON.stringify(f())); } catch (e) { console.log(n, 'threw', e.name, ['TypeError'].includes(e.name) ? '' : e.message); } };
export default function () {
  t('ret', () => group('g', () => 5)); t('undef', () => group('g2', () => {})); t('obj', () => group('g3', () => ({ a: 1 })));
  t('arg', () => group('g4', (...a) => a.length)); t('this', () => group('g5', function () { return typeof this; }));
  t('no fn', () => group('g6')); t('null fn', () => group('g7', null)); t('num fn', () => group('g8', 5)); t('num name', () => group(5, () => 1)); t('undef name', () => group(undefined, () => 1)); t('empty name', () => group('', () => 1)); t('colon', () => group('a::b', () => 1)); t('one colon', () => group('a:b', () => 1)); t('async', () => group('as', async () => 1));
  t('throws', () => group('th', () => { throw new Error('in group'); })); t('nested', () => group('n', () => group('n', () => group('n', () => 'deep'))));
  t('check ret', () => [check(1, { a: true }), check(1, { a: false }), check(1, {}), check(1, { a: 0, b: 'x' })]);
  t('check fn', () => check({ v: 3 }, { is3: (o) => o.v === 3, not: (o) => o.v !== 3 })); t('check vals', () => [null, undefined, 0, '', 'x', {}, [], NaN, 1n].map((v, i) => check(v, { ['v' + i]: v })));
  t('check tags', () => check(1, { tagged: true }, { a: 'b', n: 5 })); t('check badtags', () => check(1, { bad: true }, 5)); t('check nullset', () => check(1, null)); t('check none', () => check(1)); t('check noarg', () => check()); t('check str', () => check(1, 'str')); t('check arr', () => check(1, [true, false])); t('check nested', () => check(1, { outer: () => check(1, { inner: true }) }));
  t('check throws', () => check(1, { thr: () => { throw new Error('in check'); } })); t('check async', () => check(1, { asy: async () => true })); t('check promise', () => check(1, { pr: Promise.resolve(false) }));
  t('sleep', () => [sleep(0.001), sleep(0), sleep('0.001'), sleep(-1), sleep(null)]); t('sleep bad', () => sleep('x')); t('sleep none', () => sleep()); t('sleep nan', () => sleep(NaN));
  t('fail', () => fail('why')); t('fail none', () => fail()); t('fail obj', () => fail({ a: 1 })); t('fail num', () => fail(5));
}
