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
  const r = http.get(`${T}/forms`);
  show('first', () => r.submitForm()); show('empty', () => r.submitForm({}));
  for (const id of ['get', 'post', 'plain', 'put', 'nobutton', 'nope']) show(id, () => r.submitForm({ formSelector: `#${id}` }));
  show('fields', () => r.submitForm({ formSelector: '#post', fields: { extra: 'e e', num: 5, nul: null, und: undefined, arr: [1, 'b'], obj: { a: 1 }, bool: true } }));
  show('fields get', () => r.submitForm({ formSelector: '#get', fields: { extra: 'e e', num: 5, nul: null, und: undefined, arr: [1, 'b'], obj: { a: 1 }, bool: true } }));
  show('submit', () => r.submitForm({ formSelector: '#post', submitSelector: 'nope' })); show('submit2', () => r.submitForm({ formSelector: '#post', submitSelector: 'input' })); show('submit3', () => r.submitForm({ formSelector: '#post', submitSelector: '[' }));
  show('params', () => r.submitForm({ formSelector: '#put', params: { headers: { 'X-P': 'yes' }, tags: { name: 'sent' } } })); show('params get', () => r.submitForm({ formSelector: '#get', params: { headers: { 'X-P': 'yes' } } }));
  show('fields null', () => r.submitForm({ formSelector: '#put', fields: null })); show('fields text', () => r.submitForm({ formSelector: '#put', fields: 'text' })); show('fields list', () => r.submitForm({ formSelector: '#put', fields: ['a', 'b'] }));
  show('null', () => r.submitForm(null)); show('undefined', () => r.submitForm(undefined)); show('number', () => r.submitForm(5)); show('text', () => r.submitForm('#post')); show('selector number', () => r.submitForm({ formSelector: 5 })); show('selector null', () => r.submitForm({ formSelector: null })); show('selector undefined', () => r.submitForm({ formSelector: undefined })); show('not a form', () => r.submitForm({ formSelector: 'title' })); show('several', () => r.submitForm({ formSelector: 'form' }));
}
