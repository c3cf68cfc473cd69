import { slow, log } from './slow.js'; import { other } from './other.js';
log.push('main start'); const v = await new Promise((r) => setTimeout(() => r('timer value'), 5)); log.push('main after'); for (const x of [1, 2]) { await null; log.push(x); } const caught = await Promise.reject(new Error('no')).catch((e) => e.message); let later = 'unset'; Promise.resolve().then(() => { later = 'micro ran'; }); setTimeout(() => { later += ' timer ran'; }, 1);
export const options = await (async () => ({ iterations: 1 }))();
export default function () { console.log(v, slow, other, caught, later, log.join()); }
