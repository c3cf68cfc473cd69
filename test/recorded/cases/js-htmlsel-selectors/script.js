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
  T("doc.find(\"#a > p\")", () => doc.find("#a > p"));
  T("doc.find(\"#a p + span\")", () => doc.find("#a p + span"));
  T("doc.find(\"p ~ span\")", () => doc.find("p ~ span"));
  T("doc.find(\"li:first-child\")", () => doc.find("li:first-child"));
  T("doc.find(\"li:last-child\")", () => doc.find("li:last-child"));
  T("doc.find(\"li:nth-child(2n+1)\")", () => doc.find("li:nth-child(2n+1)"));
  T("doc.find(\"li:nth-child(even)\")", () => doc.find("li:nth-child(even)"));
  T("doc.find(\"li:nth-last-child(2)\")", () => doc.find("li:nth-last-child(2)"));
  T("doc.find(\"li:nth-child(-n+2)\")", () => doc.find("li:nth-child(-n+2)"));
  T("doc.find(\"p:first-of-type\")", () => doc.find("p:first-of-type"));
  T("doc.find(\"p:last-of-type\")", () => doc.find("p:last-of-type"));
  T("doc.find(\"b:only-child\")", () => doc.find("b:only-child"));
  T("doc.find(\"span:only-of-type\")", () => doc.find("span:only-of-type"));
  T("doc.find(\"li:not(.t)\")", () => doc.find("li:not(.t)"));
  T("doc.find(\"li:not(:first-child):not(:last-child)\")", () => doc.find("li:not(:first-child):not(:last-child)"));
  T("doc.find(\"div:has(li)\")", () => doc.find("div:has(li)"));
  T("doc.find(\"div:haschild(p)\")", () => doc.find("div:haschild(p)"));
  T("doc.find(\"p:contains(one)\")", () => doc.find("p:contains(one)"));
  T("doc.find(\"p:contains(\\\"ONE\\\")\")", () => doc.find("p:contains(\"ONE\")"));
  T("doc.find(\"p:containsOwn(bold)\")", () => doc.find("p:containsOwn(bold)"));
  T("doc.find(\"p:contains(bold)\")", () => doc.find("p:contains(bold)"));
  T("doc.find(\"li:matches(^[12]$)\")", () => doc.find("li:matches(^[12]$)"));
  T("doc.find(\"li:matchesOwn([3-5])\")", () => doc.find("li:matchesOwn([3-5])"));
  T("doc.find(\"li[id#=l[45]]\")", () => doc.find("li[id#=l[45]]"));
  T("doc.find(\"li[id#=(?i)L1]\")", () => doc.find("li[id#=(?i)L1]"));
  T("doc.find(\"[id^=l]\")", () => doc.find("[id^=l]"));
  T("doc.find(\"[id$=\\\"1\\\"]\")", () => doc.find("[id$=\"1\"]"));
  T("doc.find(\"[class~=y]\")", () => doc.find("[class~=y]"));
  T("doc.find(\"[class|=x]\")", () => doc.find("[class|=x]"));
  T("doc.find(\"[title*=q]\")", () => doc.find("[title*=q]"));
  T("doc.find(\"[title!=q]:input\")", () => doc.find("[title!=q]:input"));
  T("doc.find(\"p[class!=t]\")", () => doc.find("p[class!=t]"));
  T("doc.find(\":root\")", () => doc.find(":root"));
  T("doc.find(\"a:link\")", () => doc.find("a:link"));
  T("doc.find(\"div :empty\")", () => doc.find("div :empty"));
  T("doc.find(\"td, th\")", () => doc.find("td, th"));
  T("doc.find(\"LI\")", () => doc.find("LI"));
  T("doc.find(\"#l1,#l2 , #l3\")", () => doc.find("#l1,#l2 , #l3"));
  T("doc.find(\"body *:not(*)\")", () => doc.find("body *:not(*)"));
  T("doc.find(\"li:hover\")", () => doc.find("li:hover"));
  T("doc.find(\"li::before\")", () => doc.find("li::before"));
  T("doc.find(\"li:nosuch\")", () => doc.find("li:nosuch"));
  T("doc.find(\"p:lang(en)\")", () => doc.find("p:lang(en)"));
  T("doc.find(\"[lang]\")", () => doc.find("[lang]"));
  T("doc.find(\"p.t\")", () => doc.find("p.t"));
  T("doc.find(\".x.y\")", () => doc.find(".x.y"));
  T("doc.find(\".t:not(p)\")", () => doc.find(".t:not(p)"));
  T("doc.find(\"div#a.x[class]\")", () => doc.find("div#a.x[class]"));
  T("doc.find(\"  li  \")", () => doc.find("  li  "));
  T("doc.find(\"li,\")", () => doc.find("li,"));
  T("doc.find(\"> li\")", () => doc.find("> li"));
  T("doc.find(\"ul>li:nth-of-type(3)\")", () => doc.find("ul>li:nth-of-type(3)"));
  T("doc.find(\"p:contains(two\")", () => doc.find("p:contains(two"));
  T("doc.find(\"p:matches(()\")", () => doc.find("p:matches(()"));
  T("doc.find(\"p:matches(o(n|w))\")", () => doc.find("p:matches(o(n|w))"));
  T("doc.find(\"li:matches(\\\\d)\")", () => doc.find("li:matches(\\d)"));
  T("doc.find(\"[id=l1 i]\")", () => doc.find("[id=l1 i]"));
  T("doc.find(\"[id=\\\"L1\\\" I]\")", () => doc.find("[id=\"L1\" I]"));
  T("doc.find(\"*|*\")", () => doc.find("*|*"));
  T("doc.find(\"li:NTH-CHILD(1)\")", () => doc.find("li:NTH-CHILD(1)"));
  T("doc.find(\"td:nth-last-of-type(odd)\")", () => doc.find("td:nth-last-of-type(odd)"));
  T("doc.find(\"b:contains(old)\")", () => doc.find("b:contains(old)"));
  T("doc.find(\":contains(bold)\")", () => doc.find(":contains(bold)"));
  T("doc.find(\"li:matches((?=1))\")", () => doc.find("li:matches((?=1))"));
}
