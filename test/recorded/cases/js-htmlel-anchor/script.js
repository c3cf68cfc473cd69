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
const docs = ["<a>t</a><a href=\"\">e</a><a href=\"/x/y?z=1&amp;w=2#fr\" target=_blank rel=\"nofollow noopener\" download=f type=\"text/html\" hreflang=de accesskey=k referrerpolicy=origin>text <b>b</b></a>", "<a href=\"https://user:pa%20ss@example.com:8443/a%20b/c?d=e f#g%20h\">x</a><a href=\"HTTP://EX.com:80/\">y</a><a href=\"mailto:a@b\">m</a><a href=\"javascript:void(0)\">j</a><a href=\"//other/p\">o</a><a href=\"?q\">q</a><a href=\"#h\">h</a><a href=\"../up\">u</a><a href=\"rel/path\">r</a><a href=\"ftp://f:21/x\">f</a><a href=\"https://[::1]:443/v6\">6</a><a href=\"http://[::1]/v6\">6</a><a href=\"http://h:99999/\">p</a><a href=\":bad\">b</a><a href=\"http://a b/\">s</a><a href=\"file:///etc/x\">fi</a><a href=\"http://h:/x\">c</a><a href=\"%zz\">z</a><a referrerpolicy=bogus rel=\" a  b \">w</a>"];
export default function () {
  for (const d of docs) for (const url of ['', 'http://h.example/dir/page?q=1#f']) {
    const doc = parseHTML(d);
    doc.url = url;
    doc.find('a').each((i, e) => console.log(`${i} ${dump(e, false)}`));
  }
}
