import exec from 'k6/execution';
import { sleep } from 'k6';
import { same, throws } from './_expect.js';

//# args: --vus 3 --iterations 9 --workers 3
// What setup returns travels as JSON: every VU has a copy of its own, teardown another.
export async function setup() {
  await new Promise((done) => setTimeout(done, 2));
  same('no iteration in setup', [typeof __ITER, __VU], ['undefined', 0]);
  throws('no scenario', () => exec.scenario.name, '');
  sleep(0.001);
  return { n: 1, list: [1, 'two', null], nested: { when: new Date(0), u: undefined, m: new Map([[1, 2]]), s: new Set([3]) }, text: 'ż "q" \u2028' };
}
let seen = 0;

export default function (data) {
  same('arguments', arguments.length, 1);
  same('data', [data.n, data.list, data.nested, data.text], [1 + seen, [1, 'two', null], { when: '1970-01-01T00:00:00Z', u: null, m: [[1, 2]], s: [3] }, 'ż "q" \u2028']);
  data.n++;
  seen++;
}

export function teardown(data) {
  same('its own copy', [data.n, __VU, arguments.length], [1, 0, 1]);
  console.log('torn down');
}
//# err: level=info msg="torn down"
