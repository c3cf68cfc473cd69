import secrets from 'k6/secrets';
let atInit; try { const p = secrets.get('k'); atInit = typeof p.then; p.then((v) => { atInit += v.length; }, (e) => { atInit += String(e); }); } catch (e) { atInit = String(e); }
export async function setup() { const v = await secrets.get('k'); console.log('setup', v); return { v, n: v.length }; }
export default async function (d) { console.log(atInit, d.v, d.n, d.v === 'hidden' + '-value'); console.log('hidden-value', 'xhidden-valuex'); }
export async function teardown(d) { console.log('teardown', d.v, (await secrets.get('k')).length); }
