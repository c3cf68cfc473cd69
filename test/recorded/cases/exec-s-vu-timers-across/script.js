export const options = { iterations: 3 };
let kept;
export default function () {
  console.log('iter', __ITER, typeof kept);
  if (__ITER === 0) kept = setTimeout(() => console.log('late timer of 0'), 30);
  if (__ITER === 1) { clearTimeout(kept); console.log(setTimeout(() => {}, 1)); }
  return new Promise((r) => setTimeout(() => { console.log('resolved', __ITER); r(); }, 10));
}
