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
  T("doc.find(\"p\")", () => doc.find("p"));
  T("doc.find(\"div p\")", () => doc.find("div p"));
  T("doc.find(\"#a\").find(\"p, span\")", () => doc.find("#a").find("p, span"));
  T("doc.find(\"div\").find(\"b\")", () => doc.find("div").find("b"));
  T("doc.find(\"nope\")", () => doc.find("nope"));
  T("doc.find(\"p[\")", () => doc.find("p["));
  T("doc.find(\"\")", () => doc.find(""));
  T("doc.find(\"*\").size()", () => doc.find("*").size());
  T("doc.find(\"#a\").find(doc.find(\"p\"))", () => doc.find("#a").find(doc.find("p")));
  T("doc.find(\"#a\").find(doc.find(\"li\"))", () => doc.find("#a").find(doc.find("li")));
  T("doc.find(\"#a\").find(doc.find(\"#p1\").get(0))", () => doc.find("#a").find(doc.find("#p1").get(0)));
  T("doc.find(\"#a\").find(doc.find(\"span\").get(0))", () => doc.find("#a").find(doc.find("span").get(0)));
  T("doc.find(\"#b\").find(doc.find(\"a\").get(0))", () => doc.find("#b").find(doc.find("a").get(0)));
  T("doc.find(\"div\").find(\"div\")", () => doc.find("div").find("div"));
  T("doc.find(\"ul, ol\").find(\"li\").find(\"x\")", () => doc.find("ul, ol").find("li").find("x"));
  T("doc.find(doc.find(\"#l2\"))", () => doc.find(doc.find("#l2")));
  T("doc.find(new String(\"li\"))", () => doc.find(new String("li")));
  T("doc.find(\"li\").find(doc)", () => doc.find("li").find(doc));
  T("doc.find(\"p\").single(\"b\")", () => doc.find("p").single("b"));
  T("doc.single(\"li\")", () => doc.single("li"));
  T("doc.find(\"div\").single(\"p, li\")", () => doc.find("div").single("p, li"));
  T("doc.single(\"nope\")", () => doc.single("nope"));
  T("doc.single(\"p[\")", () => doc.single("p["));
  T("doc.find(\"body\").find(\"body\")", () => doc.find("body").find("body"));
}
