import { fail, randomSeed, sleep } from 'k6';
import timers, { setTimeout as later } from 'k6/timers';
import { same, throws } from './_expect.js';

export const options = { vus: 3, iterations: 3 };

export default async function () {
  const t = Date.now();
  same('result', typeof sleep(0.05), 'undefined');
  if (Date.now() - t < 49) throw new Error('slept too short');
  for (const odd of [0, -1, NaN, Infinity, undefined, null, 'x']) sleep(odd);
  throws('fail', () => fail('because'), 'because');
  throws('fail without a word', () => fail(), '');
  const three = (seed) => { randomSeed(seed); return [Math.random(), Math.random(), Math.random()]; };
  same('seeded', three(7), three(7));
  if (JSON.stringify(three(7)) === JSON.stringify(three(8))) throw new Error('seeds make no difference');
  same('timers', Object.keys(timers).sort(), ['clearInterval', 'clearTimeout', 'setInterval', 'setTimeout']);
  await new Promise((resolve) => later(resolve, 1));
}
