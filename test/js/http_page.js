import http from 'k6/http';
import { same, throws } from './_expect.js';

const T = __ENV.TARGET;
const echo = (r) => { const e = r.json(); return [e.method, r.url.replace(T, ''), e.body]; };

export default function () {
  const r = http.get(`${T}/json?x=1`);
  const page = (html) => { r.body = html; return r; };
  same('html', [page('<title>t</title><p class=a>x').html().find('p').text(), r.html('title').text(), r.html('p').get(0).className(), r.html().url === r.url, r.html('[').size(), r.html(null).size()], ['x', 't', 'a', true, 0, 0]);
  same('bytes', http.get(`${T}/json`, { responseType: 'binary' }).html('body').text().length > 0, true);
  r.body = null;
  for (const m of ['html', 'submitForm', 'clickLink']) throws(m, () => r[m](), "the body is null so we can't transform it to HTML");
  throws('deep', () => page('<i>'.repeat(600)).html(), 'html: open stack of elements exceeds 512 nodes');

  page('<a>n</a><a href=/echo?a>1</a><a id=two href="echo?b=c&amp;d#e">2</a>');
  same('first link', echo(r.clickLink()), ['GET', '/echo?a', '']);
  same('a link', echo(r.clickLink({ selector: '#two' })), ['GET', '/echo?b=c&d#e', '']);
  same('its params', r.clickLink({ params: { headers: { 'X-A': 'b' } } }).json('headers.X-A.0') || r.clickLink({ params: { headers: { 'X-A': 'b' } } }).body.includes('"X-A"'), true);
  throws('none', () => r.clickLink({ selector: 'p' }), "no element found for selector 'p' in response '");
  throws('no href', () => r.clickLink({ selector: 'a' }), "no valid href attribute value found on element 'a' in response '");
  throws('null', () => r.clickLink(null), 'Cannot convert undefined or null to object');

  const fields = '<input name=b value="1 2"><input name=a value=x><input name=c type=checkbox checked><select name=m multiple><option selected>p<option selected>q</select><input type=submit name=go value=Go><button name=o value=p>';
  same('get', echo(page(`<form action=/echo?old>${fields}</form>`).submitForm()), ['GET', '/echo?a=x&b=1+2&go=Go&m=p%2Cq', '']);
  same('post', echo(page(`<form action=/echo method=post>${fields}</form>`).submitForm()), ['POST', '/echo', 'a=x&b=1+2&go=Go&m=%5Bp+q%5D']);
  same('other button and fields', echo(r.submitForm({ submitSelector: 'button', fields: { a: 5, z: [1, 2], n: null } })), ['POST', '/echo', 'a=5&b=1+2&m=%5Bp+q%5D&n=%3Cnil%3E&o=p&z=1&z=2']);
  same('other form', echo(page('<form><input name=a></form><form id=f action=/echo method=put><input name=k value=v></form>').submitForm({ formSelector: '#f' })), ['PUT', '/echo', 'k=v']);
  throws('no form', () => page('<p>').submitForm({ formSelector: '#g' }), "no form found for selector '#g' in response '");
  throws('bad action', () => page('<form action=":bad">').submitForm(), 'parse ":bad": missing protocol scheme');
  const { html } = r;
  same('bound', html('form').size(), 1);
}
