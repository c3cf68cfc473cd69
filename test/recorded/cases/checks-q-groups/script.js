import { check, group } from 'k6';
export const options = { iterations: 2, thresholds: { 'checks{group:::outer::inner}': ['rate==1'], 'checks{check:same}': ['rate<1'], 'checks{mine:yes}': ['rate>0.4'], 'group_duration{group:::outer}': ['avg>=0'] } };
export default function () {
  check(1, { same: true });
  group('outer', () => { check(1, { same: false }, { mine: 'yes' }); group('inner', () => { check(1, { same: true, other: true }, { mine: 'yes', group: 'forged' }); check(1, { same: true }); }); });
  group('outer', () => check(1, { again: __ITER === 0 }));
}
export function handleSummary(d) { console.log(JSON.stringify(sorted(d.root_group))); return {}; }
const sorted = (v) => Array.isArray(v) ? v.map(sorted) : v !== null && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sorted(v[k])])) : v;
