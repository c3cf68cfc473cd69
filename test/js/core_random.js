import { randomSeed } from 'k6';
import { same } from './_expect.js';

randomSeed(7);
const first = [Math.random(), Math.random()];
randomSeed(7);
const third = [Math.random(), Math.random(), Math.random()][2];
randomSeed(7);
Math.random();
Math.random();
export const options = { vus: 2, iterations: 4 };

export default function () {
  if (Math.random() === third) throw new Error('the seed of init code still holds');
  randomSeed(7);
  same('the same seed gives the same numbers', [Math.random(), Math.random()], first);
  same('those of k6', first.map((x) => x.toFixed(6)), ['0.918892', '0.231507']);
  randomSeed(8);
  if (Math.random() === first[0]) throw new Error('another seed gives the same number');
  for (let i = 0; i < 1000; i++) {
    const r = Math.random();
    if (!(r >= 0 && r < 1)) throw new Error(`${r}`);
  }
}
