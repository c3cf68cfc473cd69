import { Counter, Trend } from 'k6/metrics';
const c = new Counter('my_c');
if (__ENV.W === 'vu' && __VU === 1) new Trend('my_c');
export function setup() { if (__ENV.W === 'setup') { try { new Counter('in_setup'); } catch (e) { console.log(e.name, e.message); } } }
export default function () { c.add(1); }
