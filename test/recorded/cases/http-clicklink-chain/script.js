import http from 'k6/http';
const T = __ENV.TARGET;
const show = (what, f) => {
  try {
    const r = f(); let e = {}; try { e = JSON.parse(r.body) || {}; } catch (_) { /* no echo */ }
    console.log(JSON.stringify([what, r.status, String(r.url).replace(T, ''), r.error_code, e.method, e.raw, e.body === undefined ? null : e.body, e.form, e.headers && e.headers['Content-Type'], e.headers && e.headers['X-P']]));
  } catch (x) { console.log('threw', what, x.name, String(x.message).split(T).join('')); }
};
const page = (html, url) => { const r = http.get(`${T}/html?page=1`); r.body = html; if (url !== undefined) r.url = url; return r; };

export default function () {
  const first = http.get(`${T}/forms`, { responseType: 'text', tags: { a: 'b' } });
  show('binary', () => http.get(`${T}/forms`, { responseType: 'binary' }).clickLink());
  show('none', () => http.get(`${T}/forms`, { responseType: 'none' }).clickLink());
  show('none form', () => http.get(`${T}/forms`, { responseType: 'none' }).submitForm());
  show('none html', () => http.get(`${T}/forms`, { responseType: 'none' }).html());
  show('binary form', () => http.get(`${T}/forms`, { responseType: 'binary' }).submitForm({ formSelector: '#put' }));
  console.log(http.get(`${T}/forms`, { responseType: 'binary' }).html('form').size());
  const sent = first.submitForm({ formSelector: '#put', params: { responseType: 'binary', tags: { c: 'd' }, cookies: { k: 'v' }, redirects: 0, timeout: '5s' } });
  console.log(typeof sent.body, sent.body.byteLength > 0, sent.request.method, sent.request.body, JSON.stringify(sent.request.headers['Content-Type']), JSON.stringify(Object.keys(sent.request.cookies)));
  const page2 = page(`<a id=1 href="/redirect/2">r</a><a id=2 href="/status/503">s</a><a id=3 href="/anything/x">x</a>`);
  show('redirect', () => page2.clickLink({ selector: '[id="1"]' })); show('redirects 0', () => page2.clickLink({ selector: '[id="1"]', params: { redirects: 0 } }));
  show('status', () => page2.clickLink({ selector: '[id="2"]' })); show('params', () => page2.clickLink({ selector: '[id="3"]', params: { headers: { 'X-P': 'p' } } }));
  show('params name', () => page2.clickLink({ selector: '[id="3"]', params: { tags: { name: 'N' } } }));
  const again = page2.clickLink({ selector: '[id="3"]' }); again.body = '<a href=y>y</a>'; show('again', () => again.clickLink()); again.url = `${T}/anything/deep/er`; show('again deeper', () => again.clickLink());
  show('body number', () => { const r = page(5); return r.clickLink(); }); show('body null', () => { const r = page(null); return r.clickLink(); }); show('body undefined', () => { const r = page(undefined); return r.clickLink(); }); show('body object', () => { const r = page({}); return r.clickLink(); });
  console.log(again.html().find('a').attr('href'), again.html('a').size(), again.html('a').get(0).pathname(), again.html('a').get(0).href());
  const h = again.html(); again.body = '<b>other</b>'; console.log(h.find('a').size(), again.html().find('a').size(), again.html().find('b').text());
  const f = again.html; try { console.log(f('b')); } catch (x) { console.log(x.name); }
}
