import { parseHTML } from 'k6/html';
import { same } from './_expect.js';

// The first element of the tag, its functions called by name.
const ask = (html, tag, names, url) => {
  const doc = parseHTML(html);
  if (url) doc.url = url;
  const e = doc.find(tag).get(0);
  return names.split(' ').map((n) => { const v = e[n](); return v === undefined ? 'undefined' : Array.isArray(v) ? v.map((x) => (x.nodeName ? x.id() || x.nodeName() : x)) : v.nodeName ? v.id() || v.nodeName() : v; });
};

export default function () {
  same('input', ask('<input type=checkbox name=n value=v checked disabled maxlength=5 size=x tabindex=-1 list=l>', 'input', 'type name value checked disabled maxLength size tabIndex required readonly autocomplete list'), ['checkbox', 'n', 'v', true, true, 5, 0, -1, false, false, 'on', 'undefined']);
  same('input', ask('<input type=bogus>', 'input', 'type maxLength alt src form labels formMethod formEnctype'), ['text', -1, '', '', 'undefined', [], 'get', 'application/x-www-form-urlencoded']);
  same('form', ask('<form id=f action=/a method=POST enctype=text/plain novalidate><input id=i><select id=s></select></form>', 'form', 'action method enctype encoding noValidate autocomplete elements length target', 'http://h/x/y'), ['http://h/a', 'get', 'text/plain', 'text/plain', true, 'on', ['i', 's'], 2, '']);
  same('button', ask('<form id=f action=/a method=post target=t><label id=l><button id=b>in <i>it</i></button></label></form><label id=m for=b></label>', 'button', 'value type form labels formAction formMethod formTarget formNoValidate', 'http://h/'), ['in <i>it</i>', 'submit', 'f', ['l', 'm'], 'http://h/a', 'post', 't', false]);
  same('select', ask('<select multiple name=n><option id=a>1<option id=b selected value=x>2<option id=c selected>3</select>', 'select', 'length options selectedIndex selectedOptions size type value multiple name'), [3, ['a', 'b', 'c'], 1, ['b', 'c'], 4, 'select-multiple', 'x', true, 'n']);
  same('option', ask('<form id=f><select><optgroup disabled><option label=l>t</optgroup></select></form>', 'option', 'disabled form index label text value selected'), [true, 'f', 0, 'l', 't', 't', false]);
  same('textarea', ask('<textarea name=n value=xyz rows=3 wrap=hard>body</textarea>', 'textarea', 'type value length rows cols wrap autocapitalize'), ['textarea', 'xyz', 3, 3, 0, 'hard', 'sentences']);
  same('label', ask('<form id=f><label for=i></label><input id=i></form>', 'label', 'control form htmlFor'), ['i', 'f', 'i']);
  same('fieldset', ask('<form id=f><fieldset name=n><input id=i><legend></legend></fieldset></form>', 'fieldset', 'elements form name type validity disabled'), [['i'], 'f', 'n', 'fieldset', 'undefined', false]);
  same('table', ask('<table><caption id=c><tr id=r><td></table>', 'table', 'caption rows tBodies tHead tFoot sortable'), ['c', ['r'], ['tbody'], 'undefined', 'undefined', false]);
  same('row', ask('<table><tbody><tr><td><tr id=r><td id=a><th id=b></table>', '#r', 'cells rowIndex sectionRowIndex'), [['a', 'b'], 1, 1]);
  same('cell', ask('<table><tr><th><td id=a colspan=2 headers=h></table>', 'td', 'cellIndex colSpan rowSpan headers'), [1, 2, 1, 'h']);
  same('th', ask('<table><tr><th scope=col abbr=a sorted></table>', 'th', 'scope abbr sorted'), ['col', 'a', true]);
  same('col', [ask('<table><col span=3>', 'col', 'span'), ask('<table><col span=0>', 'col', 'span')], [[3], [1]]);
  same('progress', [ask('<progress value=5 max=10></progress>', 'progress', 'value max position labels'), ask('<progress>', 'progress', 'value max position')], [[0.5, 10, 0.5, []], [0, 1, -1]]);
  same('meter', ask('<meter min=1 max=x>', 'meter', 'min max low'), [1, 0, 0]);
  same('img', ask('<img src=i.png width=5 height=x crossorigin=anonymous ismap>', 'img', 'src currentSrc width height crossOrigin isMap', 'http://h/d/'), ['http://h/d/i.png', 'http://h/d/i.png', 5, 0, 'anonymous', true]);
  same('media', ask('<video src=v controls preload=x><track id=t></video>', 'video', 'src currentSrc controls preload muted crossOrigin textTracks', 'http://h/'), ['http://h/v', 'v', true, 'auto', false, 'undefined', ['t']]);
  same('base', [ask('<base>', 'base', 'href', 'http://h/x'), ask('<base>', 'base', 'href target')], [['http://h/x'], ['', '']]);
  same('link', ask('<link rel="a b" href=s hreflang=en>', 'link', 'rel relList href hreflang crossOrigin'), ['a b', ['a', 'b'], 's', 'en', 'undefined']);
  same('meta', ask('<meta name=n content=c http-equiv=x>', 'meta', 'name content httpEquiv'), ['n', 'c', 'content-type']);
  same('script', ask('<script src=/s async>x<y</script>', 'script', 'src text async defer type'), ['/s', 'x<y', true, false, '']);
  same('style', ask('<style>x</style>', 'style', 'type media'), ['text/css', '']);
  same('lists', [ask('<ol start=3 type=I reversed></ol>', 'ol', 'start type reversed'), ask('<ol type=x></ol>', 'ol', 'type'), ask('<li value=2 type=disc>', 'li', 'value type')], [[3, 'I', true], ['1'], [2, 'disc']]);
  same('map', ask('<map id=m><area id=a></map><img id=i usemap="#m">', 'map', 'areas images name'), [['a'], ['i'], '']);
  same('canvas', ask('<canvas width=7>', 'canvas', 'width height'), [7, 150]);
  same('datalist', ask('<input list=d><datalist id=d><option id=o></datalist>', 'datalist', 'options').concat(ask('<input list=d><datalist id=d></datalist>', 'input', 'list')), [['o'], 'd']);
  same('output', ask('<output for=x name=n>a<b>c</b></output>', 'output', 'value defaultValue htmlFor type'), ['ac', 'ac', 'x', 'output']);
  same('keygen', ask('<keygen keytype=EC challenge=c>', 'keygen', 'keytype challenge type'), ['EC', 'c', 'keygen']);
  same('rest', [ask('<del cite=c datetime=d>', 'del', 'cite datetime'), ask('<time datetime=t>', 'time', 'datetime'), ask('<title>a&amp;b</title>', 'title', 'text'), ask('<object data=o typemustmatch>', 'object', 'data typeMustMatch tabIndex'), ask('<embed src=e>', 'embed', 'src'), ask('<iframe src=i allowfullscreen>', 'iframe', 'src allowfullscreen referrerPolicy'), ask('<track kind=x default>', 'track', 'kind default'), ask('<source srcset=s>', 'source', 'srcset'), ask('<param name=p value=v>', 'param', 'name value'), ask('<data value=1>', 'data', 'value'), ask('<ul type=x>', 'ul', 'type')], [['c', 'd'], ['t'], ['a&b'], ['o', true, 0], ['e'], ['i', true, ''], ['subtitle', true], ['s'], ['p', 'v'], ['1'], ['x']]);
}
