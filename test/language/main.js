// All snippets of this folder in every VU, each VU in an order of its own. Many VUs of one worker share an engine runtime; each
// parks at random places inside each snippet, so that what the engine keeps for one is put aside for another at all of them.
// PAUSE=no leaves the pauses out.
import http from 'k6/http';
import { sleep } from 'k6';
import arrays from './arrays.js';
import asynchronous from './async.js';
import classes from './classes.js';
import control from './control.js';
import functions from './functions.js';
import generators from './generators.js';
import numbers from './numbers.js';
import objects from './objects.js';
import text from './text.js';

const ALL = [];
for (const [group, snippets] of Object.entries({ arrays, asynchronous, classes, control, functions, generators, numbers, objects, text })) {
  for (const [name, run] of Object.entries(snippets)) ALL.push({ name: `${group}: ${name}`, run });
}
const PAUSES = __ENV.PAUSE !== 'no';

let seed = __VU * 7919 + 17;
const dice = (n) => { seed = (seed * 1103515245 + 12345) & 0x7fffffff; return (seed >> 8) % n; };

function pause() {
  if (!PAUSES) return;
  const d = dice(40);
  if (d === 0) http.get(`${__ENV.TARGET}/json`);
  else if (d < 8) sleep(0.0005);
  else if (d < 24) sleep(0);
}

function later() {
  if (PAUSES && dice(20) === 0) return http.asyncRequest('GET', `${__ENV.TARGET}/json`);
  return dice(2) ? Promise.resolve() : new Promise((done) => setTimeout(done, 0));
}

export function setup() {
  console.log(`SNIPPETS ${ALL.length}`);
}

export default async function () {
  for (let i = ALL.length - 1; i > 0; i--) {
    const k = dice(i + 1);
    [ALL[i], ALL[k]] = [ALL[k], ALL[i]];
  }
  for (const { name, run } of ALL) {
    try {
      await run(pause, later);
    } catch (e) {
      console.error(`FAILED ${name}: ${e.stack || e}`);
    }
  }
  console.log(`VU ${__VU} DID ${ALL.length}`);
}
