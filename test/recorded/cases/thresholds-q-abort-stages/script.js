import { sleep } from 'k6';
import { Rate } from 'k6/metrics';
const r = new Rate('my_r');
export const options = { thresholds: { my_r: [{ threshold: 'rate>0.5', abortOnFail: true }] } };
export function setup() { if (__ENV.W === 'setup') { r.add(false); console.log('setup'); sleep(4); } }
export default function () { console.log('default'); }
export function teardown(t) { if (__ENV.W === 'teardown') { r.add(false); console.log('teardown'); sleep(3); console.log('teardown done'); } }
