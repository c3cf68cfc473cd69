//# err: level=error msg="InternalError: out of memory
//# err: level=info msg="6 others fine"
import { same } from './_expect.js';

// Whatever asks for too much memory fails its iteration; the VU and its neighbours go on.
const bombs = [
  () => 'x'.repeat(2 ** 30 - 1).repeat(10),
  () => new ArrayBuffer(2 ** 40),
  () => { const a = []; for (;;) a.push(new Uint8Array(1 << 26)); },
  () => { let s = 'x'; for (;;) s = `${s}${s}`; },
  () => JSON.parse('['.repeat(3e5)),
  () => { let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; return JSON.stringify(o); },
];
export const options = { scenarios: {
  bombs: { executor: 'per-vu-iterations', vus: 1, iterations: bombs.length + 1 },
  others: { executor: 'per-vu-iterations', vus: 2, iterations: 50, exec: 'others' },
} };

export default function () {
  if (__ITER === bombs.length) console.log(`${__ITER} others fine`);
  else bombs[__ITER]();
}

export function others() {
  same('a small thing', JSON.parse('{"a":[1,2]}').a.length, 2);
}
