import http from 'k6/http';
const T = __ENV.TARGET;
const show = (what, f) => {
  try {
    const r = f(); let e = {}; try { e = JSON.parse(r.body) || {}; } catch (_) { /* no echo */ }
    console.log(JSON.stringify([what, r.status, String(r.url).replace(T, ''), r.error_code, e.method, e.raw, e.body === undefined ? null : e.body, e.form, e.headers && e.headers['Content-Type'], e.headers && e.headers['X-P']]));
  } catch (x) { console.log('threw', what, x.name, String(x.message).split(T).join('')); }
};
const page = (html, url) => { const r = http.get(`${T}/html?page=1`); r.body = html; if (url !== undefined) r.url = url; return r; };

const f = (attrs, url) => () => page(`<form ${attrs}><input name=a value=1></form>`, url).submitForm();
export default function () {
  for (const a of ['', 'action', 'action=""', 'action="/anything/x"', 'action="rel"', 'action="?q=2"', 'action="#top"', 'action="/anything/y?z=1#f"', `action="${T}/anything/abs?b=2"`, 'action="/anything/é ü"']) { show(a.split(T).join(''), f(a)); show(`${a} post`.split(T).join(''), f(`${a} method=post`)); }
  for (const m of ['get', 'GET', 'post', 'POST', 'put', 'delete', 'patch', '', 'head', 'options']) show(m, f(`action=/anything/m method="${m}"`));
  show('enctype', f('action=/anything/e method=post enctype="multipart/form-data"')); show('enctype2', f('action=/anything/e method=post enctype="text/plain"'));
  show('bad action', f('action=":bad"')); show('bad action2', f('action="http://a b/"')); show('bad url', f('action=/anything', ':bad')); show('no url', f('action=/anything', ''));  show('mail', f('action="mailto:a@b"'));
}
