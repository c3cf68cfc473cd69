import { SharedArray } from 'k6/data'; import exec from 'k6/execution'; import { vu } from 'k6/execution';
const users = new SharedArray('users', () => JSON.parse(open('./users.json')).users); const rows = new SharedArray('rows', () => open('./rows.csv').split('\n').slice(1).filter(Boolean).map((l) => { const [name, n] = l.split(','); return { name, n: Number(n) }; }));
export const options = { vus: 1, iterations: 4 };
export default function () { const u = users[exec.scenario.iterationInTest % users.length], r = rows[(exec.vu.idInTest - 1) % rows.length]; console.log(u.name, JSON.stringify(u), r.name, r.n * 2, vu.iterationInScenario, rows.find((x) => x.n === 3).name, users.map((x) => x.name).join(), [...rows].reverse()[0].name, Object.keys(u).join(), users.length, structured(u)); }
function structured(u) { const c = JSON.parse(JSON.stringify(u)); c.name = 'changed'; return `${u.name}/${c.name}`; }
