export const options = { iterations: 4 };
export function setup() { Promise.resolve().then(() => console.log('setup job')); return 1; }
export default function () {
  Promise.resolve().then(() => { console.log('job', __ITER); }).then(() => console.log('second job'));
  (async () => { await null; console.log('awaited'); await null; console.log('awaited twice'); })();
  setTimeout(() => console.log('timer 80'), 80);
  if (__ITER === 0) throw new Error('body');
  if (__ITER === 1) setTimeout(() => { Promise.resolve().then(() => console.log('job of timer')).then(() => console.log('second of timer')); throw new Error('timer'); }, 5);
  if (__ITER === 2) { Promise.reject(new Error('rejected')); throw new TypeError('body and rejection'); }
  console.log('end', __ITER);
}
export function teardown() { Promise.resolve().then(() => console.log('teardown job')); throw new Error('teardown'); }
