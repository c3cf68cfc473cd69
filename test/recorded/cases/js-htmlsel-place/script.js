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
  T("doc.find(\"li\").eq(0)", () => doc.find("li").eq(0));
  T("doc.find(\"li\").eq(4)", () => doc.find("li").eq(4));
  T("doc.find(\"li\").eq(5)", () => doc.find("li").eq(5));
  T("doc.find(\"li\").eq(-1)", () => doc.find("li").eq(-1));
  T("doc.find(\"li\").eq(-5)", () => doc.find("li").eq(-5));
  T("doc.find(\"li\").eq(-6)", () => doc.find("li").eq(-6));
  T("doc.find(\"li\").eq(\"2\")", () => doc.find("li").eq("2"));
  T("doc.find(\"li\").eq(1.9)", () => doc.find("li").eq(1.9));
  T("doc.find(\"li\").eq(-1.5)", () => doc.find("li").eq(-1.5));
  T("doc.find(\"li\").first()", () => doc.find("li").first());
  T("doc.find(\"li\").last()", () => doc.find("li").last());
  T("doc.find(\"nope\").first()", () => doc.find("nope").first());
  T("doc.find(\"li\").slice(1)", () => doc.find("li").slice(1));
  T("doc.find(\"li\").slice(1, 3)", () => doc.find("li").slice(1, 3));
  T("doc.find(\"li\").slice(-2)", () => doc.find("li").slice(-2));
  T("doc.find(\"li\").slice(1, -1)", () => doc.find("li").slice(1, -1));
  T("doc.find(\"li\").slice(0, 99)", () => doc.find("li").slice(0, 99));
  T("doc.find(\"li\").slice(5)", () => doc.find("li").slice(5));
  T("doc.find(\"li\").slice(2, 2)", () => doc.find("li").slice(2, 2));
  T("doc.find(\"li\").slice()", () => doc.find("li").slice());
  T("doc.find(\"li\").slice(undefined, 2)", () => doc.find("li").slice(undefined, 2));
  T("doc.find(\"li\").slice(-3, -1)", () => doc.find("li").slice(-3, -1));
  T("doc.find(\"li\").slice(\"1\", \"3\")", () => doc.find("li").slice("1", "3"));
  T("doc.find(\"li\").get()", () => doc.find("li").get());
  T("doc.find(\"li\").get(0)", () => doc.find("li").get(0));
  T("doc.find(\"li\").get(-1)", () => doc.find("li").get(-1));
  T("doc.find(\"li\").get(-4)", () => doc.find("li").get(-4));
  T("doc.find(\"li\").get(-5)", () => doc.find("li").get(-5));
  T("doc.find(\"li\").get(5)", () => doc.find("li").get(5));
  T("doc.find(\"li\").get(\"1\")", () => doc.find("li").get("1"));
  T("doc.find(\"nope\").get(0)", () => doc.find("nope").get(0));
  T("doc.find(\"nope\").get()", () => doc.find("nope").get());
  T("doc.find(\"li\").index()", () => doc.find("li").index());
  T("doc.find(\"#l3\").index()", () => doc.find("#l3").index());
  T("doc.find(\"#l3\").index(\"li\")", () => doc.find("#l3").index("li"));
  T("doc.find(\"#l3\").index(\"p\")", () => doc.find("#l3").index("p"));
  T("doc.find(\"li\").index(doc.find(\"#l4\"))", () => doc.find("li").index(doc.find("#l4")));
  T("doc.find(\"p\").index(doc.find(\"p\").get(1))", () => doc.find("p").index(doc.find("p").get(1)));
  T("doc.find(\"a\").index(doc.find(\"a\").get(0))", () => doc.find("a").index(doc.find("a").get(0)));
  T("doc.find(\"nope\").index()", () => doc.find("nope").index());
  T("doc.find(\"nope\").index(\"li\")", () => doc.find("nope").index("li"));
  T("doc.find(\"li\").index(doc.find(\"nope\"))", () => doc.find("li").index(doc.find("nope")));
  T("doc.find(\"#p2\").index()", () => doc.find("#p2").index());
  T("doc.find(\"li\").index(3)", () => doc.find("li").index(3));
  T("doc.find(\"#l1\").index(\"[\")", () => doc.find("#l1").index("["));
  T("doc.find(\"li\").size()", () => doc.find("li").size());
  T("doc.find(\"nope\").size()", () => doc.find("nope").size());
}
