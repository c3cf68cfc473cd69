const W = __ENV.W;
const many = () => { setTimeout(() => console.log('t1'), 500); const b = setTimeout(() => console.log('t2'), 300); const c = setInterval(() => console.log('i'), 400); return [b, c]; };
export function setup() { if (W === 'setup') { many(); throw new Error('setup'); } }
export default async function () {
  if (W === 'throw') { many(); throw new Error('x'); }
  if (W === 'reject') { many(); Promise.reject(new Error('r')); }
  if (W === 'interval') { let n = 0; setInterval(() => { console.log('tick', ++n); if (n === 2) throw new Error('tock'); }, 20); many(); }
  if (W === 'cleared') { const [b, c] = many(); clearTimeout(b); clearInterval(c); throw new Error('x'); }
  if (W === 'fromtimer') { setTimeout(() => { many(); throw new Error('t'); }, 10); }
  if (W === 'asyncthrow') { many(); await null; throw new Error('a'); }
  if (W === 'later') { setTimeout(() => { console.log('first'); Promise.reject(3); }, 10); setTimeout(() => { console.log('second'); }, 100); setTimeout(() => { console.log('third'); }, 200); }
}
export function teardown() { if (W === 'teardown') { many(); throw new Error('teardown'); } }
