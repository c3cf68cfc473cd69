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
  T("doc.find(\"p\").add(\"li\")", () => doc.find("p").add("li"));
  T("doc.find(\"p\").add(doc.find(\"b\"))", () => doc.find("p").add(doc.find("b")));
  T("doc.find(\"p\").add(\"p\")", () => doc.find("p").add("p"));
  T("doc.find(\"li\").add(\"p\")", () => doc.find("li").add("p"));
  T("doc.find(\"p\").add(\"nope\")", () => doc.find("p").add("nope"));
  T("doc.find(\"p\").add(\"p[\")", () => doc.find("p").add("p["));
  T("doc.find(\"p\").add(doc.find(\"span\").get(0))", () => doc.find("p").add(doc.find("span").get(0)));
  T("doc.find(\"p\").add(doc.find(\"a\").get(0))", () => doc.find("p").add(doc.find("a").get(0)));
  T("doc.find(\"p\").add()", () => doc.find("p").add());
  T("doc.find(\"p\").end()", () => doc.find("p").end());
  T("doc.find(\"div\").find(\"p\").end()", () => doc.find("div").find("p").end());
  T("doc.find(\"div\").find(\"p\").eq(1).end()", () => doc.find("div").find("p").eq(1).end());
  T("doc.find(\"div\").find(\"p\").eq(9).end()", () => doc.find("div").find("p").eq(9).end());
  T("doc.end()", () => doc.end());
  T("doc.end().end()", () => doc.end().end());
  T("doc.find(\"li\").filter(\".t\").end()", () => doc.find("li").filter(".t").end());
  T("doc.find(\"li\").first().end().last()", () => doc.find("li").first().end().last());
  T("doc.find(\"p\").add(\"b\").end()", () => doc.find("p").add("b").end());
  T("doc.find(\"ul\").children().next().end().end()", () => doc.find("ul").children().next().end().end());
  T("doc.find(\"li\").each(() => 1).end()", () => doc.find("li").each(() => 1).end());
  T("doc.find(\"li\").toArray()[0].end()", () => doc.find("li").toArray()[0].end());
  T("doc.find(\"li\").get(2).selection().end()", () => doc.find("li").get(2).selection().end());
  T("doc.find(\"ul\").get(0).firstElementChild().selection().end()", () => doc.find("ul").get(0).firstElementChild().selection().end());
}
