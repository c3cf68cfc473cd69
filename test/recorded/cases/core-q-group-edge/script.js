import { group, check } from 'k6';
import exec from 'k6/execution';
const tag = () => exec.vu.metrics.tags.group;
const F = [
  () => group(),
  () => group('a'),
  () => group('a', null),
  () => group('a', 5),
  () => group(5, () => tag()),
  () => group(undefined, () => tag()),
  () => group(null, () => tag()),
  () => group({}, () => tag()),
  () => group('', () => tag() + '|' + group('', () => tag()) + '|' + group('x', () => group('', tag))),
  () => group('a::b', () => 1),
  () => group('a:b:', () => group(':c', tag)),
  () => group('a', async () => 1),
  () => { try { group('a', () => group('b', () => { throw new Error('deep'); })); } catch (e) { return `${e.message} "${tag()}"`; } },
  async () => { const p = group('a', () => new Promise((r) => setTimeout(() => { check(1, { inTimer: true }); r(tag()); }, 20))); return `${tag()} ${await p}`; },
  () => group('a', function () { return [typeof this, arguments.length].join(); }),
];
export default async function () {
  try { console.log('result', await F[__ENV.W]()); } catch (e) { console.log('threw', e.name, e.message); }
  check(1, { after: true });
}
