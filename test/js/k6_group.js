import { check, group } from 'k6';
import { Counter } from 'k6/metrics';
import { same, throws } from './_expect.js';

const hits = new Counter('hits');
export const options = {
  iterations: 2,
  thresholds: {
    'hits{group:::a}': ['count==20'],
    'hits{group:::a::b}': ['count==200'],
    'group_duration{group:::a::b}': ['max>=0'],
  },
};

export default function () {
  hits.add(1);
  same('result', group('a', () => {
    hits.add(10);
    return group('b', function () {
      hits.add(100);
      return arguments.length;
    });
  }), 0);
  hits.add(1);
  same('the unnamed group of the root', group('', () => 'root'), 'root');
  throws('separator', () => group('a::b', () => 1), "may not contain '::'");
  throws('no function', () => group('a'), 'requires a callback');
  throws('no function', () => group('a', 5), 'requires a callback');
  throws('async', () => group('a', async () => 1), 'async functions');
  throws('what the function throws', () => group('a', () => { throw new Error('inside'); }), 'inside');
  check(1, { 'after it all': true });
}
