export const options = { iterations: 3 };
export default function () {
  console.log('iteration', __ITER);
  if (__ITER === 0) { setTimeout(() => { console.log('first'); throw new Error('from timer'); }, 1); setTimeout(() => console.log('second'), 60); }
  if (__ITER === 1) { setTimeout(() => { console.log('before'); Promise.reject(new Error('rejected in timer')); }, 1); setTimeout(() => console.log('later'), 60); }
  if (__ITER === 2) { setTimeout(async () => { console.log('a'); await null; throw new TypeError('async timer'); }, 1); setTimeout(() => console.log('b'), 60); }
}
