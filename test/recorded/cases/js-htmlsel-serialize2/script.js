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

const F = (h) => { const f = parseHTML(`<form>${h}</form>`).find('form'); console.log(f.serialize(), JSON.stringify(f.serializeArray()), JSON.stringify(Object.keys(f.serializeObject()).sort().map((k) => [k, f.serializeObject()[k]]))); };
export default function () {
  F('<input name=a value="1 2"><input name=b><input value=x><input name="" value=y>'); F('<input name=c type=checkbox><input name=d type=checkbox checked><input name=e type=checkbox checked=checked value=v><input name=f type=radio checked="checked">');
  F('<input name=g disabled><input name=h disabled=disabled value=1><input name=i disabled="">'); F('<input type=submit name=s value=1><input type=button name=b value=2><input type=reset name=r><input type=image name=i><input type=file name=f><input type=SUBMIT name=S value=3>');
  F('<button name=b value=v>x</button><textarea name=t>a &amp; <b>\n</textarea><textarea name=u value=z></textarea>'); F('<select name=s><option value=1>a</select><select name=m multiple><option selected>x<option selected value="y z">w</select><select name=n multiple><option>q</select><select name=o><option selected>é&ü</select>');
  F('<input name=d value=1><input name=d value=2><select name=d multiple><option selected>3<option selected>4</select>'); F('<keygen name=k><output name=o>x</output><object name=ob></object>'); F('<input name="a[]" value="ü/?:@&=+$,#"><input name="z z" value="~-_.!*()">');
  const d = parseHTML('<input name=o value=1><form id=f1><input name=a value=1></form><form id=f2><input name=b value=2><p><input name=c value=3></p></form>');
  console.log(d.find('form').serialize(), d.find('input').serialize(), d.find('#f2, input').serialize(), JSON.stringify(d.find('p').serialize()), d.find('#f2 p input').serialize(), JSON.stringify(d.serializeObject()));
}
