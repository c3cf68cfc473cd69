import a from './one';
import b from './two';
const tries: string[] = [];
for (const n of ['./one', './one.ts', './two', './data.json', './missing', './dir', './three.mts', './four.cts', './five.tsx']) { try { const m = require(n); tries.push(`${n} ${typeof m} ${JSON.stringify(m)}`); } catch (e) { tries.push(`${n} threw ${(e as Error).name}`); } }
export default function () { console.log(a, b); for (const t of tries) console.log(t); }
