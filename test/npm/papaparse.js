//# args: --vus 2 --iterations 4
import { SharedArray } from 'k6/data';
import papaparse from './node_modules/papaparse/papaparse.js';
import { same } from './_expect.js';

const TEXT = 'id,name,quote\r\n1,ann,"said ""hi"", left"\r\n2,bob,"two\nlines"\r\n\r\n3,çyd,\r\n';
const shared = new SharedArray('people', () => papaparse.parse(TEXT, { header: true, skipEmptyLines: true }).data);

export default function () {
  const rows = papaparse.parse(TEXT);
  same('rows', rows.data, [['id', 'name', 'quote'], ['1', 'ann', 'said "hi", left'], ['2', 'bob', 'two\nlines'], [''], ['3', 'çyd', ''], ['']]);
  same('meta', [rows.meta.delimiter, rows.meta.linebreak, rows.meta.aborted], [',', '\r\n', false]);
  const typed = papaparse.parse('a\tb\tc\n1\ttrue\tx\n-2.5e3\tFALSE\t\n', { header: true, dynamicTyping: true, skipEmptyLines: true });
  same('guessed delimiter, types', [typed.meta.delimiter, typed.data], ['\t', [{ a: 1, b: true, c: 'x' }, { a: -2500, b: false, c: null }]]);
  const bad = papaparse.parse('a,b\n1,2,3\n"x', { header: true });
  same('errors tell where', bad.errors.map((e) => [e.code, e.row]), [['MissingQuotes', 2], ['TooManyFields', 0], ['TooFewFields', 1]]);
  const steps = [];
  papaparse.parse('a;b\n1;2\n3;4\n5;6', { delimiter: ';', step: (r, p) => { steps.push(r.data[0]); if (steps.length === 3) p.abort(); } });
  same('stepping, aborted', steps, ['a', '1', '3']);
  same('comments, preview, transform', papaparse.parse('# c\nx,y\n1, 2\n3,4', { comments: '#', preview: 2, transform: (v) => v.trim() }).data, [['x', 'y'], ['1', '2']]);
  same('unparse', papaparse.unparse([{ a: 'x,y', b: 'q"q' }, { a: null, b: 2 }], { quotes: false }), 'a,b\r\n"x,y","q""q"\r\n,2');
  same('there and back', papaparse.parse(papaparse.unparse(rows.data)).data, rows.data);
  same('in a SharedArray', [shared.length, shared[1].quote, shared[2].name], [3, 'two\nlines', 'çyd']);
  const big = papaparse.parse(Array.from({ length: 2000 }, (_, i) => `${i},"v ${i}"`).join('\n'));
  same('many rows', [big.data.length, big.data[1999], big.errors], [2000, ['1999', 'v 1999'], []]);
}
