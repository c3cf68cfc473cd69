import { fail } from 'k6';
const W = __ENV.W;
if (W === 'init') fail('at init');
export function setup() { if (W === 'setup') fail('at setup'); }
export default async function () { if (W === 'timer') setTimeout(() => fail('at timer'), 5); if (W === 'promise') await Promise.resolve().then(() => fail('in promise')); }
export function teardown() { if (W === 'teardown') fail('at teardown'); }
export function handleSummary() { if (W === 'summary') fail('at summary'); return {}; }
