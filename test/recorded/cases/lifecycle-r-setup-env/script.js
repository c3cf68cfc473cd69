export function setup() { console.log(__ENV.X, __VU, typeof __ITER); __ENV.Y = 'from setup'; return __ENV; }
export default function (d) { console.log(d.X, d.Y, __ENV.Y); }
