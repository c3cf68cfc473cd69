//# args: --vus 2 --iterations 4
import dayjs from './node_modules/dayjs/dayjs.min.js';
import customParseFormat from './node_modules/dayjs/plugin/customParseFormat.js';
import duration from './node_modules/dayjs/plugin/duration.js';
import isoWeek from './node_modules/dayjs/plugin/isoWeek.js';
import relativeTime from './node_modules/dayjs/plugin/relativeTime.js';
import utc from './node_modules/dayjs/plugin/utc.js';
import { same } from './_expect.js';

dayjs.extend(utc);
dayjs.extend(customParseFormat);
dayjs.extend(duration);
dayjs.extend(isoWeek);
dayjs.extend(relativeTime);

export default function () {
  const d = dayjs.utc('2026-02-28T23:59:58.120Z');
  same('format', d.format('YYYY-MM-DD HH:mm:ss.SSS dddd [at] h A'), '2026-02-28 23:59:58.120 Saturday at 11 PM');
  same('adding', [d.add(1, 'day').format('DD.MM.'), d.add(2, 'second').toISOString(), d.subtract(1, 'year').year()], ['01.03.', '2026-03-01T00:00:00.120Z', 2025]);
  same('month ends', [dayjs.utc('2024-01-31').add(1, 'month').format('YYYY-MM-DD'), d.endOf('month').date(), d.startOf('year').valueOf()], ['2024-02-29', 28, 1767225600000]);
  same('diff', [dayjs.utc('2026-03-01').diff('2026-02-01', 'day'), dayjs.utc('2026-06-15').diff(dayjs.utc('2026-01-01'), 'month', true).toFixed(2)], [28, '5.45']);
  same('own formats', dayjs.utc('31/12/25 18-05', 'DD/MM/YY HH-mm').toISOString(), '2025-12-31T18:05:00.000Z');
  same('invalid', [dayjs('nonsense').isValid(), dayjs('2026-13-45', 'YYYY-MM-DD', true).isValid()], [false, false]);
  same('compare', [d.isBefore('2027-01-01'), d.isSame(dayjs.utc('2026-02-01'), 'month'), d.isoWeek()], [true, true, 9]);
  same('offset', d.utcOffset(120).format(), '2026-03-01T01:59:58+02:00');
  same('durations', [dayjs.duration(3723, 'seconds').format('H:mm:ss'), dayjs.duration({ hours: 2 }).asMinutes()], ['1:02:03', 120]);
  same('relative', [d.from(dayjs.utc('2026-03-03T00:00:00Z')), d.to('2026-02-28T22:59:58.120Z')], ['2 days ago', 'an hour ago']);
  same('now is now', Math.abs(dayjs().valueOf() - Date.now()) < 1000, true);
}
