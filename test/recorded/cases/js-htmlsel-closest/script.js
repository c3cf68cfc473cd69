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
  T("doc.find(\"b\").closest(\"p\")", () => doc.find("b").closest("p"));
  T("doc.find(\"b\").closest(\"b\")", () => doc.find("b").closest("b"));
  T("doc.find(\"b, td\").closest(\"div\")", () => doc.find("b, td").closest("div"));
  T("doc.find(\"b\").closest(\"nope\")", () => doc.find("b").closest("nope"));
  T("doc.find(\"b\").closest(doc.find(\"div\"))", () => doc.find("b").closest(doc.find("div")));
  T("doc.find(\"b\").closest(doc.find(\"span\"))", () => doc.find("b").closest(doc.find("span")));
  T("doc.find(\"b\").closest(doc.find(\"p\").get(0))", () => doc.find("b").closest(doc.find("p").get(0)));
  T("doc.find(\"li\").closest(doc.find(\"li\"))", () => doc.find("li").closest(doc.find("li")));
  T("doc.find(\"b\").parent()", () => doc.find("b").parent());
  T("doc.find(\"b, td\").parent()", () => doc.find("b, td").parent());
  T("doc.find(\"b\").parent(\"p\")", () => doc.find("b").parent("p"));
  T("doc.find(\"b\").parent(\"div\")", () => doc.find("b").parent("div"));
  T("doc.find(\"b\").parents()", () => doc.find("b").parents());
  T("doc.find(\"b, td\").parents()", () => doc.find("b, td").parents());
  T("doc.find(\"b, td\").parents(\"div\")", () => doc.find("b, td").parents("div"));
  T("doc.find(\"b\").parents(\"\")", () => doc.find("b").parents(""));
  T("doc.find(\"html\").parent()", () => doc.find("html").parent());
  T("doc.find(\"html\").parents()", () => doc.find("html").parents());
  T("doc.parent()", () => doc.parent());
  T("doc.find(\"b\").parentsUntil(\"body\")", () => doc.find("b").parentsUntil("body"));
  T("doc.find(\"b\").parentsUntil(\"#a\")", () => doc.find("b").parentsUntil("#a"));
  T("doc.find(\"b\").parentsUntil(\"nope\")", () => doc.find("b").parentsUntil("nope"));
  T("doc.find(\"b\").parentsUntil(doc.find(\"body\"))", () => doc.find("b").parentsUntil(doc.find("body")));
  T("doc.find(\"b\").parentsUntil(doc.find(\"nope\"))", () => doc.find("b").parentsUntil(doc.find("nope")));
  T("doc.find(\"b, td\").parentsUntil(\"body\", \"div\")", () => doc.find("b, td").parentsUntil("body", "div"));
  T("doc.find(\"b\").parentsUntil(null, \"div\")", () => doc.find("b").parentsUntil(null, "div"));
  T("doc.find(\"b\").parentsUntil(undefined, \"div\")", () => doc.find("b").parentsUntil(undefined, "div"));
  T("doc.find(\"b\").parentsUntil(\"body\", undefined)", () => doc.find("b").parentsUntil("body", undefined));
  T("doc.find(\"b\").parentsUntil(\"body\", null)", () => doc.find("b").parentsUntil("body", null));
  T("doc.find(\"b\").parentsUntil(doc.find(\"body\"), \"p\")", () => doc.find("b").parentsUntil(doc.find("body"), "p"));
  T("doc.find(\"b\").parentsUntil(\"body\", \"div\", 3)", () => doc.find("b").parentsUntil("body", "div", 3));
  T("doc.find(\"b\").parentsUntil(5)", () => doc.find("b").parentsUntil(5));
  T("doc.find(\"b\").parentsUntil(doc.find(\"p\").get(0))", () => doc.find("b").parentsUntil(doc.find("p").get(0)));
  T("doc.find(\"b\").parentsUntil({})", () => doc.find("b").parentsUntil({}));
}
