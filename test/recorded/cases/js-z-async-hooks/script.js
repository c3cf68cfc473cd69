export const options = { iterations: 1 };
export async function setup() { await new Promise((r) => setTimeout(r, 5)); return { v: await 5, w: await { then(r) { r('thenable'); } } }; }
export default async function (d) { console.log(d.v, d.w, await null, await 'x', await [1].length); const r = []; for (const p of [Promise.resolve(1), 2]) r.push(await p); console.log(r.join()); const o = { async m() { return this.v; }, v: 7 }; console.log(await o.m(), await (async () => { })()); return 'ignored'; }
export async function teardown(d) { await null; console.log('teardown', d.v); }
export async function handleSummary(d) { await null; console.log('summary', typeof d.metrics); return { stdout: 'from async summary\n' }; }
