// JavaScript for c6's instrumented twin to run (bench/train.sh): the benchmarks, and each corner of the language once.
import arrays from '../test/language/arrays.js';
import classes from '../test/language/classes.js';
import control from '../test/language/control.js';
import functions from '../test/language/functions.js';
import generators from '../test/language/generators.js';
import numbers from '../test/language/numbers.js';
import objects from '../test/language/objects.js';
import text from '../test/language/text.js';
import mix from './js_mix.js';
import only from './js_only.js';

const nothing = () => {};

// Promises and async functions, as scripts that wait do it.
async function wait(n) {
  await null;
  return n > 0 ? (await wait(n - 1)) + 1 : 0;
}

export default async function () {
  for (const group of [arrays, classes, control, functions, generators, numbers, objects, text]) {
    for (const snippet of Object.values(group)) {
      try {
        snippet(nothing, nothing);
      } catch {
        // What it finds is the tests' concern.
      }
    }
  }
  for (const work of ['strings', 'closures']) {
    __ENV.WORK = work;
    only();
  }
  for (let i = 0; i < 800; i++) mix();
  let sum = 0;
  for (let i = 0; i < 2000; i++) sum += await wait(3);
  if (sum !== 6000) throw new Error(`${sum}`);
}
