export const options = __ENV.O ? { noSetup: true, noTeardown: true } : {};
export function setup() { console.log('setup'); return 1; }
export default function (d) { console.log('default', typeof d, d); }
export function teardown(d) { console.log('teardown', typeof d, d); }
