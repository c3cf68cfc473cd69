import { group } from 'k6';
export const options = { iterations: 6 };
const late = [];
export default async function () {
  console.log('iteration', __ITER);
  switch (__ITER) {
    case 0: { const p = Promise.reject(new Error('caught at once')); p.catch((e) => console.log('caught', e.message)); break; }
    case 1: { const p = Promise.reject(new Error('awaited')); try { await p; } catch (e) { console.log(e.message); } break; }
    case 2: { group('g', () => { Promise.reject(new TypeError('in group')); }); console.log('after'); break; }
    case 3: { Promise.resolve().then(() => { throw new Error('in then'); }).finally(() => console.log('finally')); break; }
    case 4: { await new Promise((_, r) => { r('plain'); throw new Error('ignored'); }).catch((e) => console.log('got', e)); const q = new Promise(() => { throw new Error('executor'); }); await q.catch((e) => console.log(e.message)); break; }
    default: { await Promise.all([1, 2].map(async (x) => { if (x === 2) throw new Error('second of all'); })).then(() => console.log('never'), (e) => console.log('all', e.message)); Promise.allSettled([Promise.reject(1)]).then((r) => console.log(r[0].status)); }
  }
}
