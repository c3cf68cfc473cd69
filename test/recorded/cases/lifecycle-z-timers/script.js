
export const options = { iterations: 9 };
const F = [
  () => { const a = setTimeout(() => console.log('t'), 5); console.log(typeof a, a === setTimeout(() => {}, 0)); clearTimeout(String(a)); },
  () => { setTimeout(console.log, 1, 'a', 'b'); },
  () => { try { setTimeout('x', 1); } catch (e) { console.log(e.name); } },
  () => { try { setTimeout(); } catch (e) { console.log(e.name); } },
  () => { let n = 0; const i = setInterval(() => { console.log('i', ++n); if (n === 2) clearInterval(i); }, 3); },
  () => { setTimeout(() => { setTimeout(() => console.log('nested'), 1); Promise.resolve().then(() => console.log('job')); }, 1); },
  () => { setTimeout(() => { throw new Error('in timer'); }, 1); setTimeout(() => console.log('other'), 50); },
  async () => { await new Promise((r) => setTimeout(r, 5)); console.log('after await'); return 5; },
  () => { clearTimeout(undefined); clearTimeout(null); clearTimeout({}); clearInterval(99); setTimeout(function () { console.log(this === globalThis, this === undefined); }, 0); },
];
export default function () { return F[__ITER](); }
