//# err: level=error msg="Error: first iteration
//# not-err: LEFT OVER
import { sleep } from 'k6';

// An exception ends the iteration and what it had pending; nothing of it reaches the next.
export const options = { vus: 1, iterations: 3 };

export default function () {
  if (__ITER === 0) {
    setTimeout(() => console.error('LEFT OVER timer'), 20);
    setInterval(() => console.error('LEFT OVER interval'), 5);
    Promise.resolve().then(() => sleep(0.001)).then(() => { globalThis.job = __ITER; });
    throw new Error('first iteration');
  }
  sleep(0.03);
}
