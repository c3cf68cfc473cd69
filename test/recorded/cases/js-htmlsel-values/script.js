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
  T("parseHTML(\"<input id=q>\").find(\"[id=q]\").val()", () => parseHTML("<input id=q>").find("[id=q]").val());
  T("parseHTML(\"<input id=q value=v>\").find(\"[id=q]\").val()", () => parseHTML("<input id=q value=v>").find("[id=q]").val());
  T("parseHTML(\"<input id=q type=checkbox>\").find(\"[id=q]\").val()", () => parseHTML("<input id=q type=checkbox>").find("[id=q]").val());
  T("parseHTML(\"<input id=q type=radio>\").find(\"[id=q]\").val()", () => parseHTML("<input id=q type=radio>").find("[id=q]").val());
  T("parseHTML(\"<input id=q type=CHECKBOX>\").find(\"[id=q]\").val()", () => parseHTML("<input id=q type=CHECKBOX>").find("[id=q]").val());
  T("parseHTML(\"<input id=q type=checkbox value=\\\"\\\">\").find(\"[id=q]\").val()", () => parseHTML("<input id=q type=checkbox value=\"\">").find("[id=q]").val());
  T("parseHTML(\"<button id=q>t</button>\").find(\"[id=q]\").val()", () => parseHTML("<button id=q>t</button>").find("[id=q]").val());
  T("parseHTML(\"<button id=q value=b>t</button>\").find(\"[id=q]\").val()", () => parseHTML("<button id=q value=b>t</button>").find("[id=q]").val());
  T("parseHTML(\"<textarea id=q> a &lt; b\\n</textarea>\").find(\"[id=q]\").val()", () => parseHTML("<textarea id=q> a &lt; b\n</textarea>").find("[id=q]").val());
  T("parseHTML(\"<textarea id=q value=z></textarea>\").find(\"[id=q]\").val()", () => parseHTML("<textarea id=q value=z></textarea>").find("[id=q]").val());
  T("parseHTML(\"<option id=q>a &amp; b\").find(\"[id=q]\").val()", () => parseHTML("<option id=q>a &amp; b").find("[id=q]").val());
  T("parseHTML(\"<option id=q value=v>a\").find(\"[id=q]\").val()", () => parseHTML("<option id=q value=v>a").find("[id=q]").val());
  T("parseHTML(\"<select id=q><option>a<option selected>b</select>\").find(\"[id=q]\").val()", () => parseHTML("<select id=q><option>a<option selected>b</select>").find("[id=q]").val());
  T("parseHTML(\"<select id=q><option>a<option>b</select>\").find(\"[id=q]\").val()", () => parseHTML("<select id=q><option>a<option>b</select>").find("[id=q]").val());
  T("parseHTML(\"<select id=q multiple><option selected>a<option>b<option selected value=c>d</select>\").find(\"[id=q]\").val()", () => parseHTML("<select id=q multiple><option selected>a<option>b<option selected value=c>d</select>").find("[id=q]").val());
  T("parseHTML(\"<select id=q multiple><option>a</select>\").find(\"[id=q]\").val()", () => parseHTML("<select id=q multiple><option>a</select>").find("[id=q]").val());
  T("parseHTML(\"<select id=q><option selected>a<option selected>b</select>\").find(\"[id=q]\").val()", () => parseHTML("<select id=q><option selected>a<option selected>b</select>").find("[id=q]").val());
  T("parseHTML(\"<div id=q>x</div>\").find(\"[id=q]\").val()", () => parseHTML("<div id=q>x</div>").find("[id=q]").val());
  T("parseHTML(\"<select id=q></select>\").find(\"[id=q]\").val()", () => parseHTML("<select id=q></select>").find("[id=q]").val());
  T("parseHTML(\"<p id=q value=3>\").find(\"[id=q]\").val()", () => parseHTML("<p id=q value=3>").find("[id=q]").val());
  T("parseHTML(\"<keygen id=q value=k>\").find(\"[id=q]\").val()", () => parseHTML("<keygen id=q value=k>").find("[id=q]").val());
  T("parseHTML(\"<li id=q value=3>\").find(\"[id=q]\").val()", () => parseHTML("<li id=q value=3>").find("[id=q]").val());
}
