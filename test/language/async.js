// Promises, async functions and their order. await q() lets others run and comes back as a job or a timer.
import { eq } from './_tools.js';

async function rejects(promise, kind) {
  try {
    await promise;
  } catch (e) {
    if (!(e instanceof kind)) throw new Error(`rejected with ${e}`);
    return e;
  }
  throw new Error('nothing was rejected');
}

export default {
  async 'jobs run in the order they were queued'(p, q) {
    const log = [];
    const a = (async () => { log.push('a1'); await null; p(); log.push('a2'); await null; log.push('a3'); })();
    const b = Promise.resolve().then(() => { log.push('b1'); p(); }).then(() => log.push('b2'));
    queueMicrotask(() => log.push('m'));
    log.push('sync');
    await a; await b;
    eq(log.join(), 'a1,sync,a2,b1,m,a3,b2');
    await q();
  },
  async 'await of a thenable takes its turns'(p) {
    const log = [];
    const t = { then(ok) { p(); log.push('then'); ok('v'); } };
    const a = (async () => log.push(await t))();
    await null; log.push(1);
    await null; log.push(2);
    await a;
    eq(log.join(), 'then,1,v,2');
  },
  async 'exceptions become rejections, and back'(p, q) {
    const f = async () => { await q(); p(); throw new RangeError('r'); };
    const e = await rejects(f(), RangeError);
    eq(e.message, 'r');
    eq(await f().catch(() => 'saved').finally(() => p()), 'saved');
  },
  async 'finally does not change the value but may throw'(p) {
    eq(await Promise.resolve(1).finally(() => { p(); return 2; }), 1);
    await rejects(Promise.resolve(1).finally(() => { throw new TypeError('x'); }), TypeError);
  },
  async 'all, allSettled, race, any'(p, q) {
    eq(await Promise.all([1, q().then(() => 2), { then: (ok) => ok(3) }]), [1, 2, 3]);
    const s = await Promise.allSettled([1, Promise.reject(new TypeError('t'))]);
    eq([s[0].status, s[0].value, s[1].status, s[1].reason.message], ['fulfilled', 1, 'rejected', 't']);
    eq(await Promise.race([q().then(() => 'slow'), Promise.resolve('fast')]), 'fast');
    eq(await Promise.any([Promise.reject(1), q().then(() => 'any')]), 'any');
    const e = await rejects(Promise.any([Promise.reject(1), Promise.reject(2)]), AggregateError);
    eq(e.errors, [1, 2]);
    p();
  },
  async 'withResolvers, try, resolve of a promise'(p, q) {
    const { promise, resolve } = Promise.withResolvers();
    q().then(() => resolve('w'));
    eq([await promise, Promise.resolve(promise) === promise], ['w', true]);
    if (Promise.try) eq(await Promise.try((x) => (p(), x), 5), 5);
  },
  async 'a promise can not resolve to itself'(p) {
    let res;
    const pr = new Promise((r) => { res = r; });
    p();
    res(pr);
    await rejects(pr, TypeError);
  },
  async 'async generators queue requests and close'(p, q) {
    const log = [];
    async function* g() { try { for (let i = 0; ; i++) { await q(); p(); yield i; } } finally { log.push('closed'); } }
    const it = g();
    const three = await Promise.all([it.next(), it.next(), it.next()]);
    eq(three.map((r) => r.value), [0, 1, 2]);
    eq([(await it.return('r')).value, (await it.next()).done, log.join()], ['r', true, 'closed']);
    let sum = 0;
    for await (const v of g()) { sum += v; if (v === 3) break; }
    eq([sum, log.length], [6, 2]);
  },
  async 'for await takes sync iterables and awaits their values'(p, q) {
    const out = [];
    for await (const v of [q().then(() => 'a'), 'b', Promise.resolve('c')]) { p(); out.push(v); }
    eq(out.join(), 'a,b,c');
  },
  async 'await in every position'(p, q) {
    const v = async (x) => { await q(); return x; };
    const o = { [await v('k')]: await v(1), f: [await v(2), ...(await v([3]))] };
    eq([o.k, o.f.join(), (await v(4)) + (await v(5)), `${await v(6)}`], [1, '2,3', 9, '6']);
    const { x = await v(7) } = {};
    eq([x, (await v(null)) ?? (await v(8)), (await v(true)) ? await v(9) : 0], [7, 8, 9]);
    p();
    try { throw await v(10); } catch (e) { eq(e, 10); } finally { eq(await v(11), 11); }
    label: for (let i = await v(0); i < (await v(3)); i += await v(1)) { if (i === 1) continue label; if (i === 2) break label; }
    switch (await v('s')) { case await v('s'): break; default: eq(1, 2); }
  },
  async 'deep chains of async calls'(p, q) {
    const f = async (n) => (n === 0 ? (await q(), 0) : (await f(n - 1)) + 1);
    eq(await f(60), 60);
    p();
  },
  async 'timers run by time, then in order; cleared ones never'(p) {
    const log = [];
    let n = 0;
    await new Promise((done) => {
      const gone = setTimeout(() => log.push('gone'), 3);
      setTimeout((a, b) => log.push(a + b), 1, 'ar', 'gs');
      setTimeout(() => log.push('next'), 1);
      clearTimeout(gone);
      const iv = setInterval(() => { p(); log.push(`i${++n}`); if (n === 2) { clearInterval(iv); setTimeout(done, 5); } }, 2);
      Promise.resolve().then(() => log.push('job'));
    });
    eq([log[0], log.includes('gone'), log.filter((x) => x[0] === 'i').join(), log.indexOf('next') - log.indexOf('args')], ['job', false, 'i1,i2', 1]);
  },
  async 'subclassed promises keep their kind'(p, q) {
    class P extends Promise { static n = 0; constructor(f) { P.n++; p(); super(f); } }
    const pr = P.resolve(1).then((v) => v + 1);
    eq([pr instanceof P, await pr, P.all([]) instanceof P], [true, 2, true]);
    await q();
  },
  async 'closures over an async function live on while it waits'(p, q) {
    const f = async () => { let n = 0; const up = () => ++n; setTimeout(up, 0); setTimeout(up, 0); while (n < 2) { await q(); p(); } return n; };
    eq(await f(), 2);
  },
  async 'Array.fromAsync'(p, q) {
    if (!Array.fromAsync) return;
    eq(await Array.fromAsync((async function* () { yield 1; await q(); p(); yield 2; })(), (x) => x * 2), [2, 4]);
  },
  async 'errors thrown later carry the frames of their function'(p, q) {
    const thrower = async () => { await q(); p(); throw new Error('here'); };
    const e = await rejects(thrower(), Error);
    eq(/thrower/.test(e.stack), true);
  },
  async 'import() gives the same module each time'(p, q) {
    const a = await import('./_tools.js');
    await q();
    p();
    eq([(await import('./_tools.js')) === a, a.eq === eq], [true, true]);
  },
};
