import { parseHTML } from 'k6/html';
const S = (v) => {
  if (v === undefined) return 'undefined';
  if (v === null) return 'null';
  if (Array.isArray(v)) return `[${v.map(S).join(', ')}]`;
  if (typeof v === 'function') return 'function';
  if (typeof v === 'object') {
    if (v.nodeName) return `<${v.nodeName()}${v.id() ? '#' + v.id() : ''}>`;
    if (v.size) return `Sel(${v.size()})`;
    return '{' + Object.keys(v).sort().map((k) => `${k}: ${S(v[k])}`).join(', ') + '}';
  }
  return JSON.stringify(v) + (typeof v === 'string' ? '' : `:${typeof v}`);
};
const SKIP = ['firstChild', 'lastChild', 'nextSibling', 'previousSibling', 'contains', 'isEqualNode', 'isSameNode', 'getAttribute', 'getAttributeNode', 'querySelector', 'querySelectorAll', 'getElementsByClassName', 'getElementsByTagName', 'hasAttribute', 'matches', 'attributes'];
const BASIC = ['childElementCount', 'childNodes', 'children', 'classList', 'className', 'firstElementChild', 'hasAttributes', 'hasChildNodes', 'id', 'innerHTML', 'isDefaultNamespace', 'lang', 'lastElementChild', 'namespaceURI', 'nextElementSibling', 'nodeName', 'nodeType', 'nodeValue', 'ownerDocument', 'parentElement', 'parentNode', 'previousElementSibling', 'selection', 'textContent'];
const dump = (e, all) => {
  const out = [];
  for (const k of Object.keys(e)) {
    if (SKIP.includes(k) || (!all && BASIC.includes(k))) continue;
    if (typeof e[k] !== 'function') { out.push(`${k}:${typeof e[k]}`); continue; }
    let v;
    try { v = S(e[k]()); } catch (x) { v = `threw ${x.name}`; }
    out.push(`${k}=${v}`);
  }
  return out.join(' ');
};
const doc = parseHTML("<!DOCTYPE html><html lang=\"en\"><head><title>T</title></head><body><div id=\"a\" class=\"x y\"><p id=\"p1\" class=\"t\">one <b id=\"b1\">bold</b></p>text<p id=\"p2\">two</p><!-- c --><span id=\"s1\" title=\"q\">three</span></div><div id=\"b\" class=\"y\"><ul id=\"u\"><li id=\"l1\">1</li><li id=\"l2\" class=\"t\">2</li><li id=\"l3\">3</li><li id=\"l4\">4</li><li id=\"l5\">5</li></ul><a id=\"a1\" href=\"/x\">link</a><table id=\"tb\"><tr id=\"r1\"><td id=\"d1\">c</td><td id=\"d2\">d</td></tr></table></div></body></html>");
const ids = (s) => s === undefined ? 'undefined' : `[${s.toArray().map((x) => x.attr('id') || (x.get(0).nodeName() + (x.size() ? '' : '?'))).join(' ')}]`;
const T = (what, f) => { let r; try { const v = f(); r = v && typeof v === 'object' && v.toArray ? ids(v) : S(v); } catch (e) { r = `threw ${e.name}: ${e.message}`; } console.log(what, r); };

export default function () {
  const li = doc.find('li');
  console.log(li.map((i, s) => `${i}:${s.attr('id')}:${s.size()}:${s.url === ''}`).join());
  console.log(JSON.stringify(li.map((i, s) => [i, s.text()])), JSON.stringify(li.map(() => null)), JSON.stringify(li.map(() => undefined)), JSON.stringify(li.map((i) => { if (i % 2) throw new Error('x'); return i; })));
  li.each((i, e) => console.log(i, e.nodeName(), e.id(), typeof e.selection));
  li.each(function (i) { if (i < 2) console.log(typeof this, arguments.length, this === undefined); });
  T('each returns', () => li.each(() => false));
  T('throws', () => li.each(() => { throw new TypeError('tt'); }));
  T('nested', () => doc.find('div').map((i, d) => d.find('p, li').map((j, x) => x.attr('id')).join('+')).join());
  T('map not', () => doc.find('p').map((i, s) => doc.find('p').not(s).size()));
  T('map element', () => doc.find('p').map((i, s) => s.get(0).id()).join());
  T('filter args', () => { const seen = []; li.filter((i, s) => { seen.push(`${i}${typeof s.text}${typeof s.nodeName}`); return i === 1; }); return seen.join(); });
  T('filter attr', () => { const seen = []; li.filter((i, s) => { seen.push(JSON.stringify(s.attr('class'))); return true; }); return seen.join(); });
  T('filter attrOr', () => ids(li.filter((i, s) => s.attrOr('class', 'none') === 't')));
  T('filter html', () => ids(doc.find('p').filter((i, s) => s.html().includes('<b'))));
  T('filter length', () => ids(doc.find('div').filter((i, s) => s.find('li').length() === 5)));
  T('filter goquery', () => { let out; doc.find('#u').filter((i, s) => { out = [s.children().length(), s.children().eq(1).text(), s.find('li').first().nextAll().length(), s.find('li').last().index(), s.is('ul'), s.parent().is('div'), s.closest('div').attrOr('id', ''), s.find('li').map((j, x) => x.text()).join(), s.contents().size(), s.hasClass('x'), s.childrenFiltered('.t').text(), s.find('.t').nextUntil('#l5').length(), s.find('#l1').nextFilteredUntil('#l3', '#l5').text(), s.find('li').slice(1, 3).text(), s.find('li').filter('.t').end().length(), s.find('li').not('.t').length(), s.siblings().length(), s.find('li').filterFunction((j) => j > 3).text(), s.find('li').indexSelector('#l1'), s.find('li').has('b').length(), s.parents().length(), s.parentsFiltered('div').length(), s.find('#l2').addBack().length(), s.find('li').intersection(s.find('.t')).text(), s.find('#l1').union(s.find('#l2')).text()]; return true; }); return JSON.stringify(out); });
  T('filter change', () => { const d = parseHTML('<p class="a b">x</p><p>y</p>'); d.find('p').filter((i, s) => { s.addClass('n', 'a').setAttr('data-i', String(i)).removeClass('b').toggleClass('t'); return true; }); return d.find('body').html(); });
  T('filter remove', () => { const d = parseHTML('<p>x</p><p>y<b>z</b></p>'); d.find('p').filter((i, s) => { if (i === 0) s.remove(); else s.find('b').setText('<w>'); return true; }); return d.find('body').html(); });
  T('filter each', () => { const seen = []; doc.find('#u').filter((i, s) => { s.children().each((j, x) => seen.push(j + x.text())); s.children().eachWithBreak((j) => { seen.push(j); return j < 1; }); return true; }); return seen.join(); });
  T('is throws', () => li.is(() => { throw new RangeError('r'); }));
  T('filter throws value', () => { try { li.filter(() => { throw 'plain'; }); } catch (e) { return `caught ${e}`; } return 'no'; });
}
