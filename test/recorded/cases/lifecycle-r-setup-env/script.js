export function setup() {
  console.log(__ENV.X, __VU, typeof __ITER);
  __ENV.Y = 'from setup';
  delete __ENV.PATH; // differs from one machine to the next
  return __ENV;
}
export default function (d) { console.log(d.X, d.Y, __ENV.Y, d.PATH, typeof __ENV.PATH); }
