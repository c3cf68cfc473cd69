import { SharedArray } from 'k6/data'; import exec from 'k6/execution';
const big = new SharedArray('big', () => { console.log('built'); return Array.from({ length: 20000 }, (_, i) => ({ id: i, name: `user${i}`, tags: ['a', `t${i % 7}`] })); });
export const options = { vus: 3, iterations: 9 };
export function setup() { return { len: big.length, last: big[19999] }; }
export default function (d) { const i = exec.scenario.iterationInTest; const u = big[i * 1000]; if (u.id !== i * 1000 || u.name !== `user${i * 1000}` || u.tags[1] !== `t${(i * 1000) % 7}` || d.len !== 20000 || d.last.id !== 19999) throw new Error('wrong'); if (i === 0) console.log(big.filter((x) => x.tags[1] === 't3').length, big.reduce((s, x) => s + x.id, 0), big.findIndex((x) => x.name === 'user777')); }
export function teardown() { console.log('teardown', big.length, big[5].name); }
