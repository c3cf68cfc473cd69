import { Counter } from 'k6/metrics';
import { throws } from './_expect.js';

const c = new Counter('the_counter');
export const options = { throw: true };

export default function () {
  throws('not a number', () => c.add('x'), "'x' is an invalid value");
  throws('nothing', () => c.add(), 'no value was provided');
}
