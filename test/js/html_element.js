import { parseHTML } from 'k6/html';
import { same, throws } from './_expect.js';

const doc = parseHTML('<!DOCTYPE html><div id=d class="a  b" title=T lang=en>one<p>two<br></p><!-- c -->three</div><svg xml:lang=fr xlink:href=#x><path/></svg>');
const name = (e) => (e === undefined ? 'undefined' : e.nodeName());

export default function () {
  const e = doc.find('#d').get(0);
  const p = doc.find('p').get(0);
  same('it', [e.nodeName(), e.nodeType(), e.id(), e.className(), e.classList(), e.lang(), e.textContent(), e.innerHTML(), e.toString(), String(e), e.namespaceURI(), e.isDefaultNamespace()], ['div', 1, 'd', 'a  b', ['a', 'b'], 'en', 'onetwothree', 'one<p>two<br/></p><!-- c -->three', '[object html.Node]', '[object html.Node]', 'http://www.w3.org/1999/xhtml', true]);
  same('attributes', [e.getAttribute('title'), e.getAttribute('x') === undefined, e.hasAttribute('id'), e.hasAttributes(), Object.keys(e.attributes()).sort(), e.attributes().id.value], ['T', true, true, true, ['class', 'id', 'lang', 'title'], 'd']);
  const a = e.getAttributeNode('title');
  same('attribute', [a.name, a.value, a.localName(), a.prefix(), a.namespaceURI(), a.owner_element.id(), Object.keys(a)], ['title', 'T', 'title', '', 'http://www.w3.org/1999/xhtml', 'd', ['owner_element', 'name', 'value', 'localName', 'namespaceURI', 'prefix']]);
  const svg = doc.find('svg').get(0);
  same('foreign', [svg.namespaceURI(), svg.isDefaultNamespace(), svg.lang() === undefined, svg.getAttributeNode('href').prefix()], ['http://www.w3.org/2000/svg', false, true, 'xlink']);
  same('around', [e.childNodes().map(name), e.children().map(name), e.childElementCount(), name(e.firstChild()), name(e.lastChild()), name(e.firstElementChild()), name(e.lastElementChild()), name(p.nextSibling()), name(p.previousSibling()), name(e.nextElementSibling()), name(e.previousElementSibling()), name(e.parentNode()), name(e.parentElement()), name(e.ownerDocument()), name(doc.get(0).parentNode())], [['#text', 'p', '#comment', '#text'], ['p'], 1, '#text', '#text', 'p', 'p', '#comment', '#text', 'svg', 'undefined', 'body', 'body', '#document', 'undefined']);
  // k6 breaks down on these
  same('nothing', [name(doc.find('br').get(0).firstChild()), name(doc.find('path').get(0).nextSibling()), p.contains(), p.isSameNode(), p.isEqualNode()], ['undefined', 'undefined', false, false, false]);
  same('compare', [e.contains(p), p.contains(e), e.contains(e), e.isSameNode(doc.find('#d').get(0)), e.isEqualNode(e), svg.isSameNode(doc.find('svg').get(0))], [true, false, false, true, true, true]);
  same('query', [e.matches('.b'), e.matches('['), name(e.querySelector('br')), name(e.querySelector('x')), e.querySelectorAll('*').length, e.getElementsByTagName('p').length, e.getElementsByClassName('a').length], [true, false, 'br', 'undefined', 2, 1, 0]);
  const t = e.firstChild();
  same('text', [t.nodeType(), t.nodeValue(), t.textContent(), t.toString(), t.hasChildNodes(), t.childNodes()], [3, 'one', 'one', '[object #text]', false, []]);
  same('comment', [p.nextSibling().nodeType(), p.nextSibling().nodeValue(), p.nodeValue() === undefined], [8, '', true]);
  same('document', [doc.get(0).nodeType(), doc.contents().get(0).nodeType(), doc.contents().get(0).nodeName()], [9, 10, 'html']);
  same('selection', [e.selection().attr('id'), p.selection().size()], ['d', 1]);
  throws('assign', () => { e.id = 1; }, '');
}
