import http from 'k6/http';
const T = __ENV.TARGET;
const show = (what, f) => {
  try {
    const r = f(); let e = {}; try { e = JSON.parse(r.body) || {}; } catch (_) { /* no echo */ }
    console.log(JSON.stringify([what, r.status, String(r.url).replace(T, ''), r.error_code, e.method, e.raw, e.body === undefined ? null : e.body, e.form, e.headers && e.headers['Content-Type'], e.headers && e.headers['X-P']]));
  } catch (x) { console.log('threw', what, x.name, String(x.message).split(T).join('')); }
};
const page = (html, url) => { const r = http.get(`${T}/html?page=1`); r.body = html; if (url !== undefined) r.url = url; return r; };

const t = (what, f) => { try { console.log(what, f()); } catch (e) { console.log(what, 'threw', e.name, e.message); } };
export default function () {
  const r = http.get(`${T}/html?page=1`);
  t('url', () => r.html().url === r.url); t('find url', () => r.html('a').url === r.url && r.html().find('a').first().url === r.url); t('same', () => r.html() === r.html());
  t('undefined', () => r.html(undefined).size()); t('null', () => r.html(null).size()); t('empty', () => r.html('').size()); t('number', () => r.html(5).size()); t('bad', () => r.html('a[').size()); t('obj', () => r.html({}).size()); t('all', () => r.html('*').size() > 10); t('end', () => r.html('a').end().size());
  t('href', () => r.html('a').map((i, a) => a.get(0).href().replace(T, '')).join(' ')); t('action', () => http.get(`${T}/forms`).html('form').map((i, a) => a.get(0).action().replace(T, '')).join(' '));
  r.url = 'http://other/dir/'; t('assigned url', () => r.html('a').first().get(0).href()); r.url = ''; t('no url', () => r.html('a').first().get(0).href());
  r.body = '<p>new'; t('assigned', () => r.html('p').text()); r.body = ''; t('empty body', () => r.html().html()); r.body = null; t('null body', () => r.html()); t('null submit', () => r.submitForm()); t('null click', () => r.clickLink());
  t('binary', () => http.get(`${T}/html`, { responseType: 'binary' }).html('title').text()); t('none', () => http.get(`${T}/html`, { responseType: 'none' }).html()); t('204', () => http.get(`${T}/status/204`).html()); t('head', () => http.head(`${T}/html`).html().html()); t('json', () => http.get(`${T}/json`).html('body').text().length > 5); t('latin1', () => http.get(`${T}/encoding/latin1`).html().text()); t('utf8', () => http.get(`${T}/encoding/utf8`).html('h1, p').size());
  const { html } = http.get(`${T}/html`); t('bound', () => html('title').text()); t('failed', () => http.get('http://127.0.0.1:1/').html()); t('deep', () => { r.body = '<i>'.repeat(600); return r.html().size(); });
}
