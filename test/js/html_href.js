import { parseHTML } from 'k6/html';
import { same } from './_expect.js';

const names = ['href', 'protocol', 'host', 'hostname', 'port', 'pathname', 'search', 'hash', 'origin', 'username', 'password'];
const parts = (href, url) => {
  const doc = parseHTML(`<a href="${href}">x</a>`);
  if (url) doc.url = url;
  const a = doc.find('a').get(0);
  return names.map((n) => a[n]());
};
const page = 'http://h.example/dir/page?q=1#f';

export default function () {
  same('whole', parts('https://us%20er:pa:ss@example.com:8443/a%20b/c?d=e#g%20h'), ['https://us%20er:pa:ss@example.com:8443/a%20b/c?d=e#g%20h', 'https', 'example.com:8443', 'example.com', '8443', '/a b/c', '?d=e', '#g h', 'https://example.com:8443', 'us er', 'pa:ss']);
  same('usual port', parts('http://e.com:80/').slice(1, 5), ['http', 'e.com', 'e.com', '80']);
  same('IPv6', [parts('https://[::1]:443/')[2], parts('http://[::1]:81/')[2], parts('http://[::1]/')[3]], ['::1', '[::1]:81', '[::1]']);
  same('relative', [parts('../up', page)[0], parts('?x', page)[0], parts('#y', page)[0], parts('//o/p', page)[0], parts('', page)[0]], ['http://h.example/up', 'http://h.example/dir/page?x', 'http://h.example/dir/page?q=1#y', 'http://o/p', page]);
  same('without a page', [parts('/x/y?z')[0], parts('rel')[5], parts('/x')[1]], ['/x/y?z', '/rel', ':']);
  same('odd', [parts('mailto:a@b')[0], parts('mailto:a@b')[8], parts('file:///etc/x')[8], parts(':bad', page)[0], parts(':bad')[0]], ['mailto:a@b', 'mailto://', 'file:///etc/x', '', ':bad']);
  const none = parseHTML('<a>x</a>').find('a').get(0);
  same('none', names.map((n) => none[n]()), ['', ':', '', '', '', '', '', '', '', '', '']);
  same('text', [String(parseHTML('<a href=/q>t</a>').find('a').get(0)), none.text(), none.relList()], ['/q', 'x', []]);
}
