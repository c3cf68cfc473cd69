import { parseHTML } from 'k6/html';
import { same } from './_expect.js';

const val = (html) => parseHTML(html).find('[id=q]').val();
const form = (html) => parseHTML(`<form>${html}</form>`).find('form');

export default function () {
  same('val', [val('<input id=q>'), val('<input id=q type=radio>'), val('<button id=q>t</button>'), val('<textarea id=q>a &lt; b</textarea>'), val('<option id=q>a &amp; b'), val('<select id=q><option>a<option selected>b</select>'), val('<select id=q multiple><option selected>a<option selected value=c>b</select>'), val('<select id=q><option>a</select>')], ['', 'on', '', 'a &lt; b', 'a &amp; b', 'b', ['a', 'c'], '']);
  same('no val', val('<p id=q value=1>') === undefined, true);
  const p = parseHTML('<p data-a=1 data-b=1.50 data-c=true data-d=null data-e="" data-f=\'{"x":[1,null]}\' data-g="{bad" data-user-id=7 data-http-url=w other=1>').find('p');
  same('data', [p.data('a'), p.data('b'), p.data('c'), p.data('f'), p.data('g'), p.data('userId'), p.data('userID'), p.data('httpURL')], [1, '1.50', true, { x: [1, null] }, '{bad', 7, 7, 'w']);
  same('no data', [p.data('d') === undefined, p.data('e') === undefined, p.data('none') === undefined, parseHTML('<p>').find('p').data() === undefined], [true, true, true, true]);
  same('all data', Object.keys(p.data()).sort(), ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'httpURL', 'userID']);
  const f = form('<input name=t value="a b&c"><input name=nov><input name=c1 type=checkbox checked><input name=c2 type=checkbox checked=checked><input name=off disabled><input name=off2 disabled=disabled><input type=submit name=s value=x><textarea name=ta>x\ny</textarea><select name=m multiple><option selected>p<option selected>q</select><input value=noname><input name=t2 value=1><input name=t2 value=2><keygen name=k>');
  same('array', f.serializeArray().map((x) => [x.name, x.value === undefined ? 'undefined' : x.value]), [['t', 'a b&c'], ['nov', ''], ['c2', 'on'], ['off', ''], ['ta', 'x\ny'], ['m', ['p', 'q']], ['t2', '1'], ['t2', '2'], ['k', 'undefined']]);
  same('object', Object.entries(f.serializeObject()).length, 8);
  same('text', f.serialize(), 'c2=on&m=p&m=q&nov=&off=&t=a+b%26c&t2=2&ta=x%0Ay');
  same('fields alone', [parseHTML('<input name=a value=1><p><input name=b>').find('input').serialize(), parseHTML('<p>').find('p').serialize()], ['a=1&b=', '']);
}
