import http from 'k6/http';
const T = __ENV.TARGET;
const show = (what, f) => {
  try {
    const r = f(); let e = {}; try { e = JSON.parse(r.body) || {}; } catch (_) { /* no echo */ }
    console.log(JSON.stringify([what, r.status, String(r.url).replace(T, ''), r.error_code, e.method, e.raw, e.body === undefined ? null : e.body, e.form, e.headers && e.headers['Content-Type'], e.headers && e.headers['X-P']]));
  } catch (x) { console.log('threw', what, x.name, String(x.message).split(T).join('')); }
};
const page = (html, url) => { const r = http.get(`${T}/html?page=1`); r.body = html; if (url !== undefined) r.url = url; return r; };

const go = (what, html, ...o) => { show(what, () => page(html).submitForm(...o)); };
const P = (html, at = '') => `<form action=/anything/p method=post ${at}>${html}</form>`, G = (html, at = '') => `<form action=/anything/g ${at}>${html}</form>`;
export default function () {
  for (const w of [P, G]) {
    go('option value', w('<select name=s><option value=1>a<option value=2 selected>b<option value=3 selected>c</select>'));
    go('option none', w('<select name=s><option value=1>a<option value=2>b</select>'));
    go('option empty', w('<select name=s></select>'));
    go('option text', w('<select name=s><option> a  b \n c</select>'));
    go('optgroup', w('<select name=s><optgroup label=l><option selected>in</optgroup></select>'));
    go('multiple one', w('<select name=s multiple><option selected>x</select>'));
    go('multiple none', w('<select name=s multiple><option>x</select>'));
    go('multiple fields', w('<select name=s multiple><option selected>x<option selected>y</select>'), { fields: { s: ['p', 'q'], t: [] } });
    go('textarea', w('<textarea name=t>\n a\n b</textarea><textarea name=u></textarea>'));
    go('no names', w('<input value=1><input name="" value=2><textarea>x</textarea>'));
    go('no values', w('<input name=a><input name=b type=number><input name=c type=checkbox><input name=d type=radio>'));
    go('types', w('<input type=reset name=r value=1><input type=button name=b value=1><input type=image name=i value=1><input type=color name=c value=1><input type=SUBMIT name=S value=1>'));
    go('fieldset', w('<fieldset disabled><input name=a value=1></fieldset><fieldset name=f><input name=b value=2></fieldset>'));
    go('button kinds', w('<button name=a value=1>A</button><button type=submit name=b value=2>B</button><button type=submit name=c value=3>C</button>'));
    go('button over', w('<input name=b value=field><button type=submit name=b value=button>B</button>'));
    go('fields over', w('<input name=b value=field><button type=submit name=b value=button>B</button>'), { fields: { b: 'given' } });
    go('button select', w('<select name=s><option selected>o</select><input name=a value=1>'), { submitSelector: 'select' });
    go('button textarea', w('<textarea name=s>o</textarea><input name=a value=1>'), { submitSelector: 'textarea' });
    go('button none', w('<input name=a value=1><input type=submit name=go>'));
    go('button text', w('<input name=a value=1><p name=go>words</p>'), { submitSelector: 'p' });
    go('outside', w('<input name=a value=1>', 'id=f') + '<input form=f name=o value=2><button form=f type=submit name=go value=3>x</button>');
    go('nested', w('<table><tr><td><input name=a value=1></table><div><p><input name=b value=2></div>'));
    go('two forms', w('<input name=a value=1>') + w('<input name=b value=2>'));
    go('two forms second', w('<input name=a value=1>') + w('<input name=b value=2>', 'id=two'), { formSelector: '#two' });
    go('form in form', w('<input name=a value=1><form id=in><input name=b value=2></form><input name=c value=3>'));
    go('order', w('<input name=z value=1><input name=10 value=2><input name=B value=3><input name=a value=4><input name=2 value=5>'));
    go('special', w('<input name="ü&=" value="+ %20 &amp; &quot;">'));
    go('options extra', w('<input name=a value=1>'), { other: 1, fields: {}, params: null, submitSelector: undefined });
    go('fields number', w('<input name=a value=1>'), { fields: 5 });
    go('fields method', w('<input name=a value=1>'), { fields: { n: NaN, neg: -0, big: 1e21 } });
  }
}
