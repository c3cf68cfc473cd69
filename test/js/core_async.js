import { sleep } from 'k6';
import { same } from './_expect.js';

export const options = { vus: 2, iterations: 6 };
let order = [];

export default async function () {
  same('nothing is left of the last iteration', order, []);
  setTimeout(() => order.push('timer 2'), 20);
  setTimeout((a, b) => order.push(`timer ${a}${b}`), 1, 1, 'x');
  Promise.resolve().then(() => order.push('job'));
  order.push('sync');
  await null;
  order.push('after await');
  await new Promise((done) => setTimeout(done, 40));
  same('order', order, ['sync', 'job', 'after await', 'timer 1x', 'timer 2']);
  order = [];
  const cleared = setTimeout(() => { throw new Error('a cleared timer ran'); }, 1);
  clearTimeout(cleared);
  clearTimeout(12345);
  let ticks = 0;
  await new Promise((done) => {
    const every = setInterval(() => {
      ticks++;
      if (ticks === 3) {
        clearInterval(every);
        done();
      }
    }, 1);
  });
  same('interval', ticks, 3);
  const all = await Promise.allSettled([Promise.reject(new Error('no')), 1, new Promise((done) => setTimeout(done, 2, 'late'))]);
  same('all settled', all.map((r) => r.status), ['rejected', 'fulfilled', 'fulfilled']);
  try {
    await Promise.any([Promise.reject(1)]);
  } catch (e) {
    same('any', e.name, 'AggregateError');
  }
  sleep(0.001); // blocks the VU, not its timers' order
  setTimeout(() => { order = []; }, 5); // the iteration waits for it
  order.push('open');
}
