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
  const s = doc.find('li'); const e = doc.find('p').get(0); const a = doc.find('a').get(0); const at = e.getAttributeNode('id');
  console.log(Object.keys(s).join()); console.log(Object.keys(e).join()); console.log(Object.keys(a).join()); console.log(Object.keys(at).join());
  for (const x of ['table', 'td', 'ul', 'title', 'tbody']) console.log(x, Object.keys(doc.find(x).get(0)).join());
  console.log(JSON.stringify([s, e, a, at])); console.log(String(s), String(e), `${a}`, String(doc.find('#a').contents().get(1)), `${doc.get(0)}`);
  console.log(s); console.log(e); console.log(at.name, at.value, at.localName(), at.namespaceURI(), at.prefix(), typeof at.owner_element, at.owner_element.id());
  const { find, text } = doc; console.log(find('li').size(), text().length > 0, ['p', 'b'].map(doc.find).map((x) => x.size()).join());
  const f = s.attr; console.log(f('id'), f.call(doc, 'id'), typeof f, f instanceof Function);
  console.log('find' in s, 'nope' in s, s.hasOwnProperty('url'), Object.prototype.toString.call(s), s.constructor === Object, Array.isArray(s), s.length);
  T('assign url', () => { s.url = 'http://x/'; return s.url + s.first().url + doc.url; }); T('assign number', () => { s.url = 5; return s.url; }); T('assign null', () => { s.url = null; return s.url; });
  for (const [n, g] of [['new', () => { s.foo = 1; }], ['method', () => { s.find = 1; }], ['delete', () => delete s.find], ['delete new', () => delete s.foo], ['element', () => { e.id = 1; }], ['define', () => Object.defineProperty(s, 'zz', { value: 1 })]]) { try { g(); console.log(n, 'ok'); } catch (x) { console.log(n, x instanceof TypeError); } }
  const copy = { ...s }; console.log(Object.keys(copy).length, typeof copy.find, copy.find('x').size());
  let n = 0; for (const k in s) n += 1; console.log(n, Object.entries(e).length, Object.getOwnPropertyNames(a).length);
  console.log(s === s, doc.find('li') === doc.find('li'), Object.isFrozen(s), Object.isExtensible(s));
  console.log(S(e.attributes()), Object.keys(e.attributes()).sort().join(), e.attributes().id.value, JSON.stringify(e.attributes().id));
  console.log(JSON.stringify({ s: doc.find('p').toArray(), g: doc.find('p').get(), m: doc.find('p').map((i, x) => x) }));
}
