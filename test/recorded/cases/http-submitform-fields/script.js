import http from 'k6/http';
const T = __ENV.TARGET;
const show = (what, f) => {
  try {
    const r = f(); let e = {}; try { e = JSON.parse(r.body) || {}; } catch (_) { /* no echo */ }
    console.log(JSON.stringify([what, r.status, String(r.url).replace(T, ''), r.error_code, e.method, e.raw, e.body === undefined ? null : e.body, e.form, e.headers && e.headers['Content-Type'], e.headers && e.headers['X-P']]));
  } catch (x) { console.log('threw', what, x.name, String(x.message).split(T).join('')); }
};
const page = (html, url) => { const r = http.get(`${T}/html?page=1`); r.body = html; if (url !== undefined) r.url = url; return r; };

const f = (html, o) => { show(html, () => page(`<form action=/anything/g>${html}</form>`).submitForm(...(o ? [o] : []))); show(`${html} post`, () => page(`<form action=/anything/p method=post>${html}</form>`).submitForm(...(o ? [o] : []))); };
export default function () {
  f('<input name=c type=checkbox checked><input name=d type=checkbox checked=checked value=v><input name=r type=radio value=1 checked="checked"><input name=r type=radio value=2>');
  f('<input name=x disabled value=1><input name=y disabled=disabled value=1>'); f('<select name=s><option>a<option selected>b</select><select name=m multiple><option selected>x<option selected>y z</select><select name=e multiple><option>n</select>');
  f('<textarea name=t>a\r\nb &amp; c</textarea><input type=hidden name=h value="h h"><input type=file name=f><input type=password name=p>'); f('<input name=a value=1><input type=submit name=go value=Go><input type=submit name=no value=No>');
  f('<input name=a value=1><button type=submit name=b value=B>t</button>'); f('<input name=a value=1><button name=b value=B>t</button>', { submitSelector: 'button' }); f('<input name=a value=1><button type=submit value=B>t</button>'); f('<input name=a value=1><input type=submit>'); f('<input name=a value=1><button type=submit name=q>in <b>it</b></button>');
  f('<input name=a value=1><input type=image name=i value=v>', { submitSelector: '[type=image]' }); f('<input name=a value=1>', { fields: { a: 2, b: 'ü&=' } }); f('<keygen name=k><input name=z value="">'); f(''); f('<input name="a b" value="c d"><input name=dup value=1><input name=dup value=2>');
  f('<input name=a value=1><div type=submit name=w>x</div>');
}
