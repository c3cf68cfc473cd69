import { parseHTML } from 'k6/html';
import { same, throws } from './_expect.js';

const doc = parseHTML('<!DOCTYPE html><html lang=en><body><div id=a class="x y"><p id=p1 class=t>one <b id=b1>bold</b></p>text<p id=p2>two</p><!-- c --><span id=s1>three</span></div><ul id=u><li id=l1>1<li id=l2 class=t>2<li id=l3>3<li id=l4>4<li id=l5>5</ul><a id=a1 href=/x>l</a></body></html>');
const ids = (s) => s.toArray().map((x) => x.attr('id', x.get(0).nodeName())).join(' ');

export default function () {
  const li = doc.find('li');
  for (const [got, want] of [
    [doc.find('div p'), 'p1 p2'], [doc.find('p['), ''], [doc.find('#a').find(doc.find('p')), 'p1 p2'], [doc.find('#a').find(doc.find('span').get(0)), 's1'], [doc.single('li'), 'l1'],
    [doc.find('b').closest('div'), 'a'], [doc.find('b').closest(doc.find('p')), 'p1'], [doc.find('b').parents(), 'p1 a body html'], [doc.find('b').parentsUntil('body'), 'p1 a'], [doc.find('b').parentsUntil(doc.find('body'), 'div'), 'a'],
    [doc.find('#l1').next(), 'l2'], [li.next('.t'), 'l2'], [doc.find('#l2').nextAll(), 'l3 l4 l5'], [doc.find('#l5').prevAll('.t'), 'l2'], [doc.find('#l1').nextUntil('#l4'), 'l2 l3'], [doc.find('#l1').nextUntil('#l4', undefined), ''], [doc.find('#l5').prevUntil(doc.find('#l3')), 'l4'], [doc.find('#l3').siblings('.t'), 'l2'],
    [li.filter('.t'), 'l2'], [li.filter(doc.find('.t')), 'l2'], [li.not('.t'), 'l1 l3 l4 l5'], [doc.find('p').not(doc.find('p').get(0)), 'p2'], [doc.find('div, ul').has('li'), 'u'], [doc.find('p').add('b'), 'p1 p2 b1'], [doc.find('p').eq(1).end(), 'p1 p2'],
    [li.eq(-1), 'l5'], [li.eq(9), ''], [li.first(), 'l1'], [li.last(), 'l5'], [li.slice(1, 3), 'l2 l3'], [li.slice(-2), 'l4 l5'], [li.slice(1, 99), 'l2 l3 l4 l5'], [doc.find('div').children('p'), 'p1 p2'], [doc.find('#a').contents(), 'p1 #text p2 #comment s1'],
  ]) same('set', ids(got), want);
  same('is', [li.is('.t'), li.is('p'), li.is(doc.find('#l3')), li.is('[')], [true, false, true, false]);
  same('index', [doc.find('#l3').index(), doc.find('#l3').index('li'), li.index(doc.find('#l4')), doc.find('p').index(doc.find('p').get(1)), doc.find('a').index(doc.find('a').get(0)), doc.find('none').index(), li.index(5)], [2, 2, 3, 1, -1, -1, -1]);
  same('get', [li.get(0).id(), li.get(-1).id(), li.get(-5) === undefined, li.get(9) === undefined, li.get().length, doc.find('none').get()], ['l1', 'l5', true, true, 5, []]);
  same('content', [doc.find('#a').text(), doc.find('p').html(), doc.find('none').html(), doc.find('a').attr('href'), doc.find('a').attr('x') === undefined, doc.find('a').attr('x', 'y'), li.size()], ['one boldtexttwothree', 'one <b id="b1">bold</b>', '', '/x', true, 'y', 5]);
  for (const [bad, type] of [[undefined, '<nil>'], [5, 'int64'], [{}, 'map[string]interface {}'], [[], '[]interface {}'], [doc.find('a').get(0), 'html.AnchorElement'], [true, 'bool']]) {
    for (const m of ['add', 'find', 'closest', 'has', 'not']) throws(m, () => li[m](bad), `invalid argument, cannot use a '${type}' as a selector`);
  }
  throws('until', () => li.nextUntil(5), "invalid argument, cannot use a 'int64' as a selector");
  // k6 breaks down on these
  same('slice', [li.slice(3, 1).size(), li.slice(9).size(), li.slice(0, -9).size(), doc.siblings().size()], [0, 0, 0, 0]);
  // objects
  same('keys', [Object.keys(doc).length, Object.keys(doc)[0], JSON.stringify(doc), String(doc)], [40, 'url', '{"url":""}', '[object Object]']);
  const { find } = doc;
  same('bound', find('li').size(), 5);
  throws('assign', () => { doc.find = 1; }, '');
  throws('add', () => { doc.foo = 1; }, 'Cannot assign to property foo of a host object');
  throws('delete', () => { delete doc.find; }, 'Cannot delete property find from a Go type');
  const s = doc.find('a');
  s.url = 'http://h/d/';
  same('url', [s.url, s.first().url, doc.url, s.get(0).href()], ['http://h/d/', 'http://h/d/', '', 'http://h/x']);
  // two pages in one set
  const other = parseHTML('<p id=o1>x<p id=o2><b id=o3>y</b>').find('p');
  same('pages', [ids(doc.find('p').add(other)), ids(doc.find('p').add(other).find('b')), ids(other.filter(doc.find('p'))), doc.find('p').add(other).has('b').size()], ['p1 p2 o1 o2', 'b1 o3', '', 1]);
}
