//# args: --vus=8
//# args: --iterations=40
//# err: made one.*source=console
import { SharedArray } from 'k6/data';
import { same } from './_expect.js';

// The function runs once in the whole test, for all VUs; other names make other arrays, also late ones.
let calls = 0;
const make = (n) => () => { calls += 1; if (__VU === 0) console.log(`made ${n}`); return [n]; };
const one = new SharedArray('one', make('one'));
const again = new SharedArray('one', make('never'));
const late = new SharedArray(`late ${__VU % 3}`, make(`late ${__VU % 3}`));

export default function () {
  same('shared', [one[0], again[0], late[0]], ['one', 'one', `late ${__VU % 3}`]);
  same('calls', calls <= 1, true);
}
