//# args: --no-setup --no-teardown
//# not-err: MUST NOT
import { same } from './_expect.js';
export function setup() {
  console.error('MUST NOT run');
}
export default function (data) {
  same('no data', [data, arguments.length], [undefined, 1]);
}
export function teardown() {
  console.error('MUST NOT run');
}
