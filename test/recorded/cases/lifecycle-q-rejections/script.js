const f = [
  () => { Promise.reject(new Error('a')); },
  () => { Promise.reject('text'); },
  () => { Promise.reject(undefined); },
  () => { Promise.reject(null); },
  () => { Promise.reject({ a: 1 }); },
  () => { Promise.reject(42); },
  () => Promise.reject(new TypeError('returned')),
  () => { const p = Promise.reject(new Error('late')); setTimeout(() => p.catch(() => console.log('caught late')), 10); },
  () => { const p = Promise.reject(new Error('late')); Promise.resolve().then(() => p.catch(() => console.log('caught soon'))); },
  async () => { await Promise.reject({ stack: 'mystack', message: 'm' }); },
  async () => { const e = new Error('custom'); e.name = 'MyError'; throw e; },
  () => { new Promise((_, r) => setTimeout(() => r(new Error('timer')), 20)); setTimeout(() => console.log('not reached?'), 100); },
];
export default function () { const r = f[__ENV.W](); console.log('returned'); return r; }
