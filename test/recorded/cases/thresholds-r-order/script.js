import { Counter } from 'k6/metrics';
const z = new Counter('zz_last'), a = new Counter('aa_first');
export const options = { thresholds: { zz_last: ['count<5', 'count>1', 'count==3'], iterations: ['count>0'], aa_first: ['count<5'], 'zz_last{b:2}': ['count>5'], 'zz_last{a:1}': ['count>=0'] } };
export default function () { z.add(3, { a: '1', b: '2' }); a.add(10); }
