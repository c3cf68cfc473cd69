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
  T("doc.find(\"li\").filter(\".t\")", () => doc.find("li").filter(".t"));
  T("doc.find(\"li\").filter(doc.find(\".t\"))", () => doc.find("li").filter(doc.find(".t")));
  T("doc.find(\"li\").filter(\"nope\")", () => doc.find("li").filter("nope"));
  T("doc.find(\"li\").filter(\"[\")", () => doc.find("li").filter("["));
  T("doc.find(\"li\").not(\".t\")", () => doc.find("li").not(".t"));
  T("doc.find(\"li\").not(doc.find(\".t\"))", () => doc.find("li").not(doc.find(".t")));
  T("doc.find(\"li\").not(doc.find(\"p\"))", () => doc.find("li").not(doc.find("p")));
  T("doc.find(\"p\").not(doc.find(\"p\").get(0))", () => doc.find("p").not(doc.find("p").get(0)));
  T("doc.find(\"li\").not(\"[\")", () => doc.find("li").not("["));
  T("doc.find(\"li\").is(\".t\")", () => doc.find("li").is(".t"));
  T("doc.find(\"li\").is(\"p\")", () => doc.find("li").is("p"));
  T("doc.find(\"li\").is(doc.find(\"#l3\"))", () => doc.find("li").is(doc.find("#l3")));
  T("doc.find(\"li\").is(doc.find(\"p\"))", () => doc.find("li").is(doc.find("p")));
  T("doc.find(\"nope\").is(\"*\")", () => doc.find("nope").is("*"));
  T("doc.find(\"li\").is(\"[\")", () => doc.find("li").is("["));
  T("doc.find(\"div\").has(\"li\")", () => doc.find("div").has("li"));
  T("doc.find(\"div, ul\").has(\"li\")", () => doc.find("div, ul").has("li"));
  T("doc.find(\"div\").has(doc.find(\"b\"))", () => doc.find("div").has(doc.find("b")));
  T("doc.find(\"div\").has(doc.find(\"p\").get(0))", () => doc.find("div").has(doc.find("p").get(0)));
  T("doc.find(\"div\").has(\"nope\")", () => doc.find("div").has("nope"));
  T("doc.find(\"div\").has(\"div\")", () => doc.find("div").has("div"));
  T("doc.find(\"li\").has(\"li\")", () => doc.find("li").has("li"));
  T("doc.find(\"li\").filter((i) => i > 2)", () => doc.find("li").filter((i) => i > 2));
  T("doc.find(\"li\").filter((i, s) => s.text() === \"2\")", () => doc.find("li").filter((i, s) => s.text() === "2"));
  T("doc.find(\"li\").not((i, s) => s.is(\".t\"))", () => doc.find("li").not((i, s) => s.is(".t")));
  T("doc.find(\"li\").is((i, s) => s.hasClass(\"t\"))", () => doc.find("li").is((i, s) => s.hasClass("t")));
  T("doc.find(\"li\").is(() => 0)", () => doc.find("li").is(() => 0));
  T("doc.find(\"li\").filter(() => \"x\")", () => doc.find("li").filter(() => "x"));
  T("doc.find(\"li\").filter(() => NaN)", () => doc.find("li").filter(() => NaN));
  T("doc.find(\"li\").filter(doc.find(\"li\").get(0))", () => doc.find("li").filter(doc.find("li").get(0)));
  T("1", () => 1);
  T("doc.find(\"li\").filter(5)", () => doc.find("li").filter(5));
  T("doc.find(\"li\").is({})", () => doc.find("li").is({}));
  T("doc.find(\"li\").not(5)", () => doc.find("li").not(5));
  T("doc.find(\"li\").has(null)", () => doc.find("li").has(null));
}
