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
  T("doc.find(\"p\").text()", () => doc.find("p").text());
  T("doc.find(\"#a\").text()", () => doc.find("#a").text());
  T("doc.text()", () => doc.text());
  T("doc.find(\"nope\").text()", () => doc.find("nope").text());
  T("doc.find(\"#a\").html()", () => doc.find("#a").html());
  T("doc.find(\"li\").html()", () => doc.find("li").html());
  T("doc.html()", () => doc.html());
  T("doc.find(\"nope\").html()", () => doc.find("nope").html());
  T("doc.find(\"table\").html()", () => doc.find("table").html());
  T("doc.find(\"li\").attr(\"id\")", () => doc.find("li").attr("id"));
  T("doc.find(\"li\").attr(\"nope\")", () => doc.find("li").attr("nope"));
  T("doc.find(\"li\").attr(\"nope\", \"def\")", () => doc.find("li").attr("nope", "def"));
  T("doc.find(\"li\").attr(\"nope\", null)", () => doc.find("li").attr("nope", null));
  T("doc.find(\"nope\").attr(\"id\", 5)", () => doc.find("nope").attr("id", 5));
  T("doc.attr(\"id\")", () => doc.attr("id"));
  T("doc.find(\"span\").attr(\"TITLE\")", () => doc.find("span").attr("TITLE"));
  T("doc.find(\"div\").children()", () => doc.find("div").children());
  T("doc.find(\"div\").children(\"p\")", () => doc.find("div").children("p"));
  T("doc.find(\"div\").children(\"[\")", () => doc.find("div").children("["));
  T("doc.find(\"div\").children(\"\").size()", () => doc.find("div").children("").size());
  T("doc.children()", () => doc.children());
  T("doc.find(\"#a\").contents().size()", () => doc.find("#a").contents().size());
  T("doc.find(\"#a\").contents().toArray().map((x) => x.get(0).nodeName()).join()", () => doc.find("#a").contents().toArray().map((x) => x.get(0).nodeName()).join());
  T("doc.contents().toArray().map((x) => x.get(0).nodeName()).join()", () => doc.contents().toArray().map((x) => x.get(0).nodeName()).join());
  T("doc.find(\"#a\").contents().text()", () => doc.find("#a").contents().text());
  T("doc.find(\"li\").contents().size()", () => doc.find("li").contents().size());
  T("doc.find(\"li\").toArray().map((x) => x.html()).join()", () => doc.find("li").toArray().map((x) => x.html()).join());
  T("doc.find(\"#a\").contents().eq(3).html()", () => doc.find("#a").contents().eq(3).html());
  T("doc.find(\"#a\").contents().eq(1).text()", () => doc.find("#a").contents().eq(1).text());
  T("doc.find(\"#a\").contents().eq(3).text()", () => doc.find("#a").contents().eq(3).text());
  T("doc.contents().eq(0).attr(\"public\")", () => doc.contents().eq(0).attr("public"));
}
