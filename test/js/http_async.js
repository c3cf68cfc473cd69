import http from 'k6/http';
import { same } from './_expect.js';

//# not-err: level=error
//# err: level=warning

const T = __ENV.TARGET;
export const options = { vus: 2, iterations: 4 };

export default async function () {
  const p = http.asyncRequest('POST', `${T}/echo`, { a: 1 }, { tags: { own: 't' } });
  same('a promise', [p instanceof Promise, typeof p.then], [true, 'function']);
  same('its response', (await p).json('body'), 'a=1');
  const order = [];
  await Promise.all([200, 100, 1].map((ms) => http.asyncRequest('GET', `${T}/delay/${ms}`).then((r) => order.push([ms, r.status]))));
  same('all came', order.sort((a, b) => a[0] - b[0]), [[1, 200], [100, 200], [200, 200]]);
  same('a failure', (await http.asyncRequest('GET', 'http://127.0.0.1:1/')).error_code, 1212);
  same('refused', (await http.asyncRequest('GET', 'http://[')).error_code, 1020);
  let thrown;
  try {
    await http.asyncRequest('GET', 'http://127.0.0.1:1/', null, { throw: true });
  } catch (e) {
    thrown = `${e}`;
  }
  same('thrown', thrown, 'Get "http://127.0.0.1:1/": dial tcp 127.0.0.1:1: connect: connection refused');
  http.asyncRequest('GET', `${T}/delay/5`).then((r) => { globalThis.late = r.status; });
}
