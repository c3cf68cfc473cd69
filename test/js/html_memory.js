// Pages in cycles of objects are collected although the engine sees little of their memory: 100 MB of them here.
import { parseHTML } from 'k6/html';
import { same } from './_expect.js';

const page = '<p>x'.repeat(10000);

export default function () {
  for (let i = 0; i < 60; i += 1) {
    const doc = parseHTML(page);
    const cycle = { doc };
    cycle.self = cycle;
  }
  same('goes on', parseHTML('<p>').find('p').size(), 1);
}
