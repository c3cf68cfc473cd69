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
  const a = doc.find('#a').get(0);
  const out = []; let n = a.firstChild(); for (let i = 0; i < 4; i += 1) { out.push(`${n.nodeName()}${n.nodeType()}`); n = n.nextSibling(); } console.log(out.join());
  console.log(a.lastChild().previousSibling().nodeName(), a.lastChild().previousSibling().nodeValue(), a.firstElementChild().id(), a.lastElementChild().id(), a.childElementCount());
  const p1 = doc.find('#p1').get(0), p2 = doc.find('#p2').get(0), b = doc.find('b').get(0), body = doc.find('body').get(0), li = doc.find('li').get(0), link = doc.find('a').get(0);
  for (const [x, y] of [[p1, b], [a, b], [b, a], [p1, p1], [p1, p2], [p1, doc.find('#p1').get(0)], [a, li], [body, link], [link, link]]) console.log(x.contains(y), x.isSameNode(y), x.isEqualNode(y));
  console.log(p1.contains(null), p1.contains(5), p1.contains('x'), p1.isSameNode({}), p1.isEqualNode(doc.find('p')));
  console.log(a.matches('.x'), a.matches('p'), a.matches('['), p1.matches(''), a.querySelector('b').id(), S(a.querySelector('nope')), S(a.querySelectorAll('p, span')), S(a.querySelectorAll('[')), S(a.getElementsByTagName('p')), S(a.getElementsByTagName('*')), S(a.getElementsByClassName('t')), S(a.getElementsByClassName('t u')), S(a.getElementsByClassName('')));
  console.log(a.querySelector('p').textContent(), a.querySelector('p').selection().size(), S(a.querySelector('p').innerHTML()), doc.find('p').get(1).textContent());
  console.log(S(p1.parentElement()), S(p1.parentNode()), S(doc.find('html').get(0).parentElement()), S(doc.find('html').get(0).parentNode()), S(doc.get(0).parentNode()), S(p1.ownerDocument()), S(doc.get(0).ownerDocument()), S(p1.nextElementSibling()), S(p1.previousElementSibling()), S(p2.previousElementSibling()));
  console.log(S(a.getAttribute('class')), S(a.getAttribute('CLASS')), S(a.getAttribute('nope')), a.hasAttribute('id'), a.hasAttribute('nope'), S(a.getAttributeNode('nope')), a.getAttributeNode('class').value, a.hasAttributes(), doc.find('tbody').get(0).hasAttributes());
  const t = doc.find('#a').contents().get(1); console.log(t.nodeValue(), t.hasAttributes(), t.hasChildNodes(), S(t.childNodes()), S(t.attributes()), t.textContent(), S(t.innerHTML()), S(t.classList()), S(t.className()), t.matches('*'));
  console.log(S(doc.get(0).nodeValue()), doc.get(0).nodeName(), doc.contents().get(0).nodeName(), doc.contents().get(0).nodeType(), S(doc.contents().get(0).nodeValue()));
  const w = parseHTML('<p>title</p><p>a</p><p>select</p>').find('p').map((i, s) => s.contents().get(0).toString() + typeof s.contents().get(0).text + typeof s.contents().get(0).options); console.log(w.join());
}
