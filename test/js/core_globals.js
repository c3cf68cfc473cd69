//# args: --vus 3 --iterations 9
//# args: -e OWN=from=flag -e EMPTY= -e TARGET2
//# env: FROM_SYSTEM=sys
import { same } from './_expect.js';

export const options = { vus: 1 };
same('no VU yet, or the one that loads', [typeof __VU, typeof __ITER], ['number', 'undefined']);
let iterations = 0;

export default function () {
  same('environment', [__ENV.OWN, __ENV.EMPTY, __ENV.TARGET2, __ENV.FROM_SYSTEM, __ENV.NOT_THERE], ['from=flag', '', '', 'sys', undefined]);
  same('iterations of this VU', __ITER, iterations);
  iterations++;
  if (!(__VU >= 1 && __VU <= 3)) throw new Error(`VU ${__VU}`);
  __ENV.OWN = 'changed';
  same('changed for itself', __ENV.OWN, 'changed');
  __ENV.OWN = 'from=flag';
  same('what there is', ['console', 'open', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask'].map((k) => typeof globalThis[k] !== 'undefined'), [true, true, true, true, true, true, true].map((v, i) => (i === 6 ? typeof queueMicrotask !== 'undefined' : v)));
}
