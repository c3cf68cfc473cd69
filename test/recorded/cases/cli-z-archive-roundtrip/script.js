
import { v } from './lib/x.js'; import exec from 'k6/execution';
const data = open('./d/a.txt'); const j = JSON.parse(open('d/../d/b.json'));
export const options = { iterations: 2, tags: { a: 'b' }, thresholds: { iterations: ['count==2'] } };
export default function () { console.log(v, data.trim(), j.x, __ENV.E, exec.test.options.scenarios.default.iterations, JSON.stringify(exec.test.options.tags)); }
