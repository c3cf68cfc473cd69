
import { Counter, Trend, Rate } from 'k6/metrics'; import { check, group } from 'k6';
const c = new Counter('a_very_long_metric_name_that_goes_on_and_on_for_a_while_and_then_some_more'), t = new Trend('tt');
export const options = { thresholds: { 'tt{name:a rather long tag value with spaces, and commas}': ['avg>=0', 'p(95)<100'] } };
export default function () { c.add(1); t.add(5, { name: 'a rather long tag value with spaces, and commas' }); check(1, { 'a check whose name is long enough to be wrapped by a terminal of eighty columns, or so one would think': true, 'quote " and \\ and <tag> & amp': false, '日本語': true, '  spaces  ': true, '': true }); group('a group with a long name that has spaces in it', () => group('inner ✓', () => check(1, { x: false }))); }
