import { open } from 'k6/experimental/fs';
import csv from 'k6/experimental/csv';
import { same, throws } from './_expect.js';

export const options = { vus: 2, iterations: 4 };
const file = await open('./data/people.csv');
const again = await open('./data/people.csv');
const people = await csv.parse(file, { asObjects: true });
const parser = new csv.Parser(again, { skipFirstLine: true });
throws('no file', () => new csv.Parser(), 'non-nil source');
throws('another thing', () => csv.parse('x'), 'fs.File');
throws('another object', () => csv.parse({}), 'the reader cannot be nil');
throws('a delimiter', () => csv.parse(again, { delimiter: '::' }), 'single character');
throws('a getter that throws', () => csv.parse(again, { get delimiter() { throw new Error('got me'); } }), 'got me');

const rows = [];
for (;;) {
  const { done, value } = await parser.next();
  if (done) break;
  rows.push(value);
}

export default function () {
  same('parsed', [people.length, people[1]], [2, { age: '4\n2', name: 'bob' }]);
  same('streamed', rows, [['ann', '31'], ['bob', '4\n2']]);
  throws('late', () => new csv.Parser(again), 'init context');
}
