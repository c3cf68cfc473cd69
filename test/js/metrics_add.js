import { Counter, Gauge, Rate, Trend } from 'k6/metrics';
import { same, throws } from './_expect.js';

//# err: 'NaN' is an invalid value for metric 'a_counter'
//# err: no value was provided for metric 'a_counter'
//# err: \.\.\. omitting 400 characters \.\.\.
//# not-err: level=error

const c = new Counter('a_counter');
const g = new Gauge('a_gauge');
const r = new Rate('a_rate');
const t = new Trend('a_trend', true);
export const options = {
  thresholds: { a_counter: ['count==21'], 'a_counter{kind:x}': ['count==1'], a_gauge: ['value==-3'], a_rate: ['rate==0.5'], a_trend: ['max==9'] },
};

throws('bad name', () => new Counter('no good'), 'Invalid metric name');
throws('no name', () => new Counter(), 'Invalid metric name');
throws('another type', () => new Trend('a_counter'), 'already exists');
throws('another kind', () => new Trend('a_trend'), 'already exists');
throws('add', () => c.add(1), 'init context');
same('the same again', Counter('a_counter').name, 'a_counter');
same('instanceof', c instanceof Counter, false);
same('members', Object.keys(c), ['name', 'add']);

export default function () {
  throws('new', () => new Counter('late'), 'init context');
  throws('name', () => { 'use strict'; c.name = 'x'; }, '');
  for (const v of [1, '2', true, [3], new Date(5), 0, false, '', ' ', [], new Date(0)]) same(`add ${v}`, c.add(v), true);
  for (const v of [NaN, 'x', {}, null, undefined, 'long'.repeat(125)]) same(`add ${v}`, c.add(v), false);
  same('nothing', c.add(), false);
  same('tags', c.add(1, { kind: 'x', n: 1, yes: true }), true);
  same('no tags', c.add(1, null), true);
  throws('bad tag', () => c.add(1, { t: [] }), "cannot add tags for the 'a_counter' custom metric: invalid value for metric tag 't'");
  const { add } = c;
  same('add without its object', add(4), true);
  g.add(8);
  g.add(-3);
  r.add(1);
  r.add(0);
  t.add(9);
  t.add(1);
}
