import { parseHTML } from 'k6/html';
import { same, throws } from './_expect.js';

const doc = parseHTML('<ul id=u><li>a<li class=t>b<li>c</ul>');

export default function () {
  const li = doc.find('li');
  const seen = [];
  same('each', li.each((i, e) => { seen.push(`${i}${e.textContent()}`); return false; }).size(), 3);
  same('each', seen, ['0a', '1b', '2c']);
  throws('each', () => li.each(() => { throw new TypeError('inside'); }), 'the function passed to each() failed: TypeError: inside');
  for (const m of ['each', 'map']) throws(m, () => li[m](5), `the argument to ${m}() must be a function`);
  for (const m of ['filter', 'is']) { throws(m, () => li[m](5), `the argument to ${m}() must be a function, a selector or a selection`); throws(m, () => li[m](), ''); }
  same('map', [li.map((i, s) => `${i}${s.text()}`), li.map(() => undefined), li.map((i) => { if (i === 1) throw new Error('left out'); return i; })], [['0a', '1b', '2c'], [null, null, null], [0, 2]]);
  throws('map', () => li.map((i, s) => s).forEach((s) => doc.find(s)), "cannot use a '*html.Selection' as a selector");
  same('filter', [li.filter((i) => i > 0).text(), li.filter((i, s) => s.text() === 'a').size(), li.not((i, s) => s.is('.t')).text(), li.is((i, s) => s.hasClass('t')), li.is(() => false)], ['bc', 1, 'ac', true, false]);
  throws('filter', () => li.filter(() => { throw new RangeError('as it is'); }), 'as it is');
  // goquery's selections
  let q;
  doc.find('#u').filter((i, s) => {
    q = [s.children().length(), s.find('li').attr('class'), s.find('.t').attr('class'), s.find('li').attrOr('x', 'y'), s.find('li').eq(1).nextAll().text(), s.find('li').map((j, x) => x.text()), s.find('.t').nextUntil('b').text(), s.find('li').slice(0, 2).text(), s.find('li').filterFunction((j) => j === 2).text(), s.find('.t').prevFiltered('li').text(), s.closest('body').length(), s.find('li').index(), s.indexSelector('ul'), s.find('li').not('.t').end().length(), s.html().length, s.find('li').intersection(s.find('.t')).text(), s.find('.t').addBack().length()];
    throws('kind', () => s.findSelection(5), 'could not convert');
    return true;
  });
  same('goquery', q, [3, ['', false], ['t', true], 'y', 'c', ['a', 'b', 'c'], 'c', 'ab', 'c', 'a', 1, 0, 0, 3, 40, 'b', 2]);
  const d = parseHTML('<p class="a b">x</p><p>y<b>z</b></p><i>w</i>');
  d.find('p').filter((i, s) => { s.addClass('n', 'a').removeClass('b').toggleClass('t').setAttr('data-i', String(i)); s.find('b').setText('<&'); return true; });
  d.find('i').is((i, s) => { s.remove(); return true; });
  d.find('p').not((i, s) => { if (i === 0) { s.empty(); s.removeAttr('class'); } return false; });
  same('changed', d.find('body').html(), '<p data-i="0"></p><p class="n a t" data-i="1">y<b>&lt;&amp;</b></p>');
  // what is walked stays, whatever the function does
  const gone = [];
  d.find('p').filter((i, s) => { s.parent().empty(); gone.push(s.parent().length()); return true; });
  same('removed', gone, [0, 0]);
}
