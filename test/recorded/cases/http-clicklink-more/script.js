import http from 'k6/http';
const T = __ENV.TARGET;
const show = (what, f) => {
  try {
    const r = f(); let e = {}; try { e = JSON.parse(r.body) || {}; } catch (_) { /* no echo */ }
    console.log(JSON.stringify([what, r.status, String(r.url).replace(T, ''), r.error_code, e.method, e.raw, e.body === undefined ? null : e.body, e.form, e.headers && e.headers['Content-Type'], e.headers && e.headers['X-P']]));
  } catch (x) { console.log('threw', what, x.name, String(x.message).split(T).join('')); }
};
const page = (html, url) => { const r = http.get(`${T}/html?page=1`); r.body = html; if (url !== undefined) r.url = url; return r; };

const c = (html, o, url) => { const r = page(html, url); return () => (o === undefined ? r.clickLink() : r.clickLink(o)); };
export default function () {
  for (const h of ['/anything/a', 'rel', '?q=1', '#x', '', '/anything/b?c=d#e', '/anything/a%20b c', '../anything/up', './anything/dot', `${T}/anything/abs`, '//127.0.0.1:1/x', ':bad', 'http://a b/', 'mailto:a@b', 'javascript:void(0)']) show(h.split(T).join(''), c(`<a href="${h}">x</a>`));
  show('no links', c('<p>x</p>')); show('area', c('<area href=/anything/area>')); show('area2', c('<area href=/anything/area>', { selector: 'area' })); show('no href', c('<a name=x>y</a>', { selector: 'a' })); show('bad selector', c('<a href=/x>', { selector: 'a[' })); show('several', c('<a>n</a><a href=/anything/2>x</a>', { selector: 'a' })); show('second', c('<a href=/anything/1>n</a><a href=/anything/2>x</a>', { selector: 'a:nth-child(2)' }));
  show('params', c('<a href=/anything/p>x</a>', { params: { headers: { 'X-P': 'v' }, tags: { name: 'n' } } })); show('undefined', c('<a href=/anything/u>x</a>', {})); show('number', c('<a href=/anything/n>x</a>', 5)); show('text', c('<a href=/anything/t>x</a>', 'a')); show('selector null', c('<a href=/anything/s>x</a>', { selector: null }));
  show('bad url', c('<a href=/anything/s>x</a>', {}, ':bad')); show('other url', c('<a href=y>x</a>', {}, `${T}/anything/x/`)); show('body null', c(null)); show('body number', c('5')); show('arg undefined', () => page('<a href=/anything/z>').clickLink(undefined)); show('params null', c('<a href=/anything/pn>x</a>', { params: null })); show('params text', c('<a href=/anything/pt>x</a>', { params: 'x' }));
}
