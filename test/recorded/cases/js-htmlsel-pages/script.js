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
  T("((o) => doc.find(\"p\").add(o.find(\"p\")).size())(parseHTML(\"<p id=o1>x<p id=o2>y<b id=o3>z</b>\"))", () => ((o) => doc.find("p").add(o.find("p")).size())(parseHTML("<p id=o1>x<p id=o2>y<b id=o3>z</b>")));
  T("((o) => doc.find(\"p\").add(o.find(\"p\")))(parseHTML(\"<p id=o1>x<p id=o2>y<b id=o3>z</b>\"))", () => ((o) => doc.find("p").add(o.find("p")))(parseHTML("<p id=o1>x<p id=o2>y<b id=o3>z</b>")));
  T("((o) => doc.find(\"p\").add(o.find(\"p\")).find(\"b\"))(parseHTML(\"<p id=o1>x<p id=o2>y<b id=o3>z</b>\"))", () => ((o) => doc.find("p").add(o.find("p")).find("b"))(parseHTML("<p id=o1>x<p id=o2>y<b id=o3>z</b>")));
  T("((o) => doc.find(\"p\").add(o.find(\"p\")).filter(\"#o2\"))(parseHTML(\"<p id=o1>x<p id=o2>y<b id=o3>z</b>\"))", () => ((o) => doc.find("p").add(o.find("p")).filter("#o2"))(parseHTML("<p id=o1>x<p id=o2>y<b id=o3>z</b>")));
  T("((o) => doc.find(\"p\").add(o.find(\"p\")).has(\"b\"))(parseHTML(\"<p id=o1>x<p id=o2>y<b id=o3>z</b>\"))", () => ((o) => doc.find("p").add(o.find("p")).has("b"))(parseHTML("<p id=o1>x<p id=o2>y<b id=o3>z</b>")));
  T("((o) => o.find(\"p\").add(doc.find(\"p\")).has(\"b\"))(parseHTML(\"<p id=o1>x<p id=o2>y<b id=o3>z</b>\"))", () => ((o) => o.find("p").add(doc.find("p")).has("b"))(parseHTML("<p id=o1>x<p id=o2>y<b id=o3>z</b>")));
  T("((o) => doc.find(\"p\").not(o.find(\"p\")))(parseHTML(\"<p id=o1>x\"))", () => ((o) => doc.find("p").not(o.find("p")))(parseHTML("<p id=o1>x")));
  T("((o) => doc.find(\"p\").is(o.find(\"p\")))(parseHTML(\"<p id=o1>x\"))", () => ((o) => doc.find("p").is(o.find("p")))(parseHTML("<p id=o1>x")));
  T("((o) => doc.find(\"body\").find(o.find(\"p\")))(parseHTML(\"<p id=o1>x\"))", () => ((o) => doc.find("body").find(o.find("p")))(parseHTML("<p id=o1>x")));
  T("((o) => doc.find(\"p\").closest(o.find(\"body\")))(parseHTML(\"<p id=o1>x\"))", () => ((o) => doc.find("p").closest(o.find("body")))(parseHTML("<p id=o1>x")));
  T("((o) => doc.find(\"p\").index(o.find(\"p\")))(parseHTML(\"<p id=o1>x\"))", () => ((o) => doc.find("p").index(o.find("p")))(parseHTML("<p id=o1>x")));
  T("((o) => doc.find(\"li\").nextUntil(o.find(\"p\")))(parseHTML(\"<p id=o1>x\"))", () => ((o) => doc.find("li").nextUntil(o.find("p")))(parseHTML("<p id=o1>x")));
  T("((o) => doc.find(\"p\").add(o.find(\"p\")).next())(parseHTML(\"<p id=o1>x<p id=o2>y\"))", () => ((o) => doc.find("p").add(o.find("p")).next())(parseHTML("<p id=o1>x<p id=o2>y")));
  T("((o) => doc.find(\"p\").add(o.find(\"p\").get(0)).text())(parseHTML(\"<p id=o1>x<p id=o2>y\"))", () => ((o) => doc.find("p").add(o.find("p").get(0)).text())(parseHTML("<p id=o1>x<p id=o2>y")));
  T("((o) => doc.find(\"p\").add(o.find(\"p\")).add(parseHTML(\"<i id=k>\").find(\"i\")).parents().size())(parseHTML(\"<p id=o1>x<p id=o2>y\"))", () => ((o) => doc.find("p").add(o.find("p")).add(parseHTML("<i id=k>").find("i")).parents().size())(parseHTML("<p id=o1>x<p id=o2>y")));
  T("doc.find(\"p\").add(\"b\")", () => doc.find("p").add("b"));
}
