//# args: --vus 2 --iterations 4
// All polyfills at once; its URL and URLSearchParams are those of jslib's url library.
import './node_modules/core-js-bundle/minified.js';
import { same, throws } from './_expect.js';

export default function () {
  const url = new URL('HTTPS://us%20er:pa@EXAMPLE.com:443/a/./b/../c%20d?x=1&y=%C3%BC#frag');
  same('parts', [url.href, url.origin, url.protocol, url.username, url.host, url.port, url.pathname, url.search, url.hash],
    ['https://us%20er:pa@example.com/a/c%20d?x=1&y=%C3%BC#frag', 'https://example.com', 'https:', 'us%20er', 'example.com', '', '/a/c%20d', '?x=1&y=%C3%BC', '#frag']);
  url.searchParams.append('z', 'a b&c');
  url.searchParams.delete('x');
  url.port = '8443';
  url.pathname = '/ü/';
  url.hash = '';
  same('changed', url.toString(), 'https://us%20er:pa@example.com:8443/%C3%BC/?y=%C3%BC&z=a+b%26c');
  same('relative', [new URL('../x?q', 'http://h/a/b/c').href, new URL('//other/p', 'http://h/').href, new URL('http://[::1]:80/').host], ['http://h/a/x?q', 'http://other/p', '[::1]']);
  same('IPv4, punycode', [new URL('http://0x7f.1/').hostname, new URL('http://ü.example/').hostname], ['127.0.0.1', 'xn--tda.example']);
  throws('no base', () => new URL('/only/path'), 'Invalid');
  const params = new URLSearchParams({ b: '2', a: '1 +' });
  params.append('a', 'é');
  params.sort();
  same('params', [params.toString(), params.getAll('a'), [...params.keys()], params.has('b')], ['a=1+%2B&a=%C3%A9&b=2', ['1 +', 'é'], ['a', 'a', 'b'], true]);
  same('structuredClone', structuredClone({ d: new Date(5), m: new Map([[1, [2]]]) }).m.get(1), [2]);
  same('newer methods', [[3, 1].toSorted(), Object.groupBy([1, 2, 3], (n) => (n % 2 ? 'odd' : 'even')), [1, 2].at(-1), 'a-a'.replaceAll('a', 'b')], [[1, 3], { odd: [1, 3], even: [2] }, 2, 'b-b']);
  same('sets', [...new Set([1, 2]).union(new Set([3]))], [1, 2, 3]);
  same('iterator helpers', [1, 2, 3].values().map((x) => x * 2).filter((x) => x > 2).toArray(), [4, 6]);
  same('base64', [btoa('héllo'), atob('aGk=')], ['aOlsbG8=', 'hi']);
}
