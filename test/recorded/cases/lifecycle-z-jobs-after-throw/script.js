
export const options = { iterations: 8 };
const P = () => Promise.resolve();
const F = [
  () => { P().then(() => console.log('a1')).then(() => console.log('a2')).then(() => console.log('a3')); throw new Error('a'); },
  () => { (async () => { console.log('b1'); await null; console.log('b2'); await null; console.log('b3'); })(); throw new Error('b'); },
  () => { P().then(() => { throw new Error('inner'); }); throw new Error('c'); },
  () => { setTimeout(() => { P().then(() => console.log('d job')); throw new Error('d'); }, 1); setTimeout(() => console.log('d2 never?'), 30); },
  async () => { P().then(() => console.log('e1')).then(() => console.log('e2')); throw new Error('e'); },
  () => { P().then(() => setTimeout(() => console.log("f timer"), 60)); throw new Error('f'); },
  () => { new Promise((r) => { console.log('g1'); r(1); }).finally(() => console.log('g2')).then((v) => console.log('g3', v)); throw 'g'; },
  () => { P().then(() => Promise.reject(new Error('h rej'))).catch((e) => console.log('h caught', e.message)); Promise.reject(new Error('h unhandled')); },
];
export default function () { return F[__ITER](); }
