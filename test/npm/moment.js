//# args: --vus 2 --iterations 4
import moment from './node_modules/moment/min/moment-with-locales.js';
import { same } from './_expect.js';

export default function () {
  moment.locale('en');
  const m = moment.utc('2026-02-28T23:59:58Z');
  same('format', m.format('dddd, MMMM Do YYYY, h:mm:ss a [UTC]'), 'Saturday, February 28th 2026, 11:59:58 pm UTC');
  same('adding', [m.clone().add(1, 'days').format(), m.clone().add(1, 'M').format('L')], ['2026-03-01T23:59:58Z', '03/28/2026']);
  same('parsing', moment.utc('12-25-1995', 'MM-DD-YYYY', true).toISOString(), '1995-12-25T00:00:00.000Z');
  same('strict parsing refuses', [moment('1995-13-45', 'YYYY-MM-DD', true).isValid(), moment.invalid().format()], [false, 'Invalid date']);
  same('diff and relative', [moment.utc('2026-03-01').diff(m, 'seconds'), moment.utc('2026-02-27').from(m)], [2, '2 days ago']);
  same('duration', [moment.duration(90, 'minutes').humanize(), moment.duration('P1DT2H').asHours(), moment.duration({ hours: 1, minutes: 5 }).toISOString()], ['2 hours', 26, 'PT1H5M']);
  same('ends', [m.clone().startOf('week').format('YYYY-MM-DD'), m.clone().endOf('year').valueOf()], ['2026-02-22', 1798761599999]);
  same('zones by offset', m.clone().utcOffset('+05:30').format(), '2026-03-01T05:29:58+05:30');
  same('another language', m.clone().locale('de').format('dddd, D. MMMM'), 'Samstag, 28. Februar');
  same('calendar', m.calendar(moment.utc('2026-03-01T12:00:00Z')), 'Yesterday at 11:59 PM');
}
