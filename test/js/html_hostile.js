// Pages and selectors that ask for too much: an error or nothing, quickly.
import { parseHTML } from 'k6/html';
import { same, throws } from './_expect.js';

export default function () {
  throws('deep', () => parseHTML('<div>'.repeat(100000)), 'html: open stack of elements exceeds 512 nodes');
  same('wide', parseHTML('<p>x'.repeat(100000)).find('p').size(), 100000);
  throws('memory', () => parseHTML(`<p>${Array.from({ length: 400 }, (_, i) => `<b a=${i}>`).join('')}${'<p>x'.repeat(5000)}`), 'html: the page takes up too much memory');
  const deep = parseHTML('<div>'.repeat(500));
  same('long chain', deep.find(`p ${'div '.repeat(20)}`).size(), 0);
  same('too long', deep.find('div '.repeat(10000)).size(), 0);
  same('nested', deep.find(':not('.repeat(10000)).size(), 0);
  same('text', [deep.text(), deep.html().length], ['', 500 * 11 + 39]);
  let s = deep.find('div');
  for (let i = 0; i < 20000; i += 1) s = s.first();
  same('chain of sets', s.size(), 1);
  same('expressions', [parseHTML(`<p>${'a'.repeat(20)}`).find('p:matches((a|b)*c)').size(), parseHTML('<p>x').find('p:matches((?=x))').size()], [0, 0]);
  same('many names', parseHTML(`<form>${Array.from({ length: 20000 }, (_, i) => `<input name=n${i}>`).join('')}</form>`).find('form').serialize().split('&').length, 20000);
}
