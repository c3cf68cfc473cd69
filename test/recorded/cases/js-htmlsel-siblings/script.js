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
  T("doc.find(\"#p1\").next()", () => doc.find("#p1").next());
  T("doc.find(\"#p1\").next(\"p\")", () => doc.find("#p1").next("p"));
  T("doc.find(\"#p1\").next(\"span\")", () => doc.find("#p1").next("span"));
  T("doc.find(\"li\").next()", () => doc.find("li").next());
  T("doc.find(\"li\").next(\".t\")", () => doc.find("li").next(".t"));
  T("doc.find(\"#l1\").nextAll()", () => doc.find("#l1").nextAll());
  T("doc.find(\"#l1, #l3\").nextAll()", () => doc.find("#l1, #l3").nextAll());
  T("doc.find(\"#l1\").nextAll(\".t\")", () => doc.find("#l1").nextAll(".t"));
  T("doc.find(\"#l5\").prev()", () => doc.find("#l5").prev());
  T("doc.find(\"#l5\").prevAll()", () => doc.find("#l5").prevAll());
  T("doc.find(\"#l5\").prevAll(\".t, #l4\")", () => doc.find("#l5").prevAll(".t, #l4"));
  T("doc.find(\"#l3\").siblings()", () => doc.find("#l3").siblings());
  T("doc.find(\"#l3, #l4\").siblings()", () => doc.find("#l3, #l4").siblings());
  T("doc.find(\"#l3\").siblings(\".t\")", () => doc.find("#l3").siblings(".t"));
  T("doc.find(\"#s1\").siblings()", () => doc.find("#s1").siblings());
  T("doc.find(\"#l1\").nextUntil(\"#l4\")", () => doc.find("#l1").nextUntil("#l4"));
  T("doc.find(\"#l1\").nextUntil(\"nope\")", () => doc.find("#l1").nextUntil("nope"));
  T("doc.find(\"#l1\").nextUntil()", () => doc.find("#l1").nextUntil());
  T("doc.find(\"#l1\").nextUntil(doc.find(\"#l3\"))", () => doc.find("#l1").nextUntil(doc.find("#l3")));
  T("doc.find(\"#l1\").nextUntil(\"#l5\", \".t\")", () => doc.find("#l1").nextUntil("#l5", ".t"));
  T("doc.find(\"#l1\").nextUntil(doc.find(\"#l5\"), \"#l3, #l4\")", () => doc.find("#l1").nextUntil(doc.find("#l5"), "#l3, #l4"));
  T("doc.find(\"#l1\").nextUntil(null, \".t\")", () => doc.find("#l1").nextUntil(null, ".t"));
  T("doc.find(\"#l5\").prevUntil(\"#l2\")", () => doc.find("#l5").prevUntil("#l2"));
  T("doc.find(\"#l5\").prevUntil(doc.find(\"#l1\"), \".t\")", () => doc.find("#l5").prevUntil(doc.find("#l1"), ".t"));
  T("doc.find(\"#l5\").prevUntil(\"\")", () => doc.find("#l5").prevUntil(""));
  T("doc.find(\"#p2\").prev()", () => doc.find("#p2").prev());
  T("doc.find(\"#s1\").prev()", () => doc.find("#s1").prev());
  T("doc.find(\"#p2\").next()", () => doc.find("#p2").next());
  T("doc.find(\"html\").next()", () => doc.find("html").next());
  T("doc.find(\"html\").prevAll()", () => doc.find("html").prevAll());
  T("doc.find(\"nope\").siblings()", () => doc.find("nope").siblings());
  T("doc.find(\"li\").nextUntil(\"li\")", () => doc.find("li").nextUntil("li"));
  T("doc.find(\"#l1\").nextUntil([])", () => doc.find("#l1").nextUntil([]));
  T("doc.find(\"#l1\").nextUntil(\"#l3\", \"\")", () => doc.find("#l1").nextUntil("#l3", ""));
}
