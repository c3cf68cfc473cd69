import http from 'k6/http';
import { same, throws } from './_expect.js';

//# not-err: level=error
//# err: msg="A batch request failed"
//# err: msg="Request Failed"

const T = __ENV.TARGET;
export const options = { vus: 2, iterations: 4, batch: 5, batchPerHost: 2 };

export default function () {
  const out = http.batch([
    `${T}/echo?n=0`,
    ['POST', `${T}/echo?n=1`, { a: 'b' }, { headers: { 'X-H': 'v' } }],
    { method: 'put', url: `${T}/echo?n=2`, body: 'text' },
    { method: 'GET', url: `${T}/echo?n=3`, body: 'dropped' },
    http.url`${T}/echo?n=${4}`,
    ['GET', `${T}/echo?n=5`, 'kept'],
    'http://127.0.0.1:1/',
  ]);
  same('in order', out.slice(0, 6).map((r) => [r.status, r.json('method'), r.json('query'), r.json('body')]), [
    [200, 'GET', 'n=0', ''], [200, 'POST', 'n=1', 'a=b'], [200, 'PUT', 'n=2', 'text'], [200, 'GET', 'n=3', ''], [200, 'GET', 'n=4', ''], [200, 'GET', 'n=5', 'kept'],
  ]);
  same('one failed', out[6].error_code, 1212);
  const named = http.batch({ a: `${T}/text`, b: ['GET', `${T}/status/404`] });
  same('named', Object.keys(named).map((k) => [k, named[k].status]), [['a', 200], ['b', 404]]);
  same('empty', [http.batch([]), http.batch({})], [[], {}]);
  same('many', http.batch(Array(40).fill(`${T}/text`)).filter((r) => r.status === 200).length, 40);
  throws('nothing', () => http.batch(), 'no argument was provided to http.batch()');
  throws('too much', () => http.batch([], []), 'accepts only an array or an object');
  throws('text', () => http.batch('x'), 'invalid http.batch() argument type string');
  same('bad entry', http.batch([`${T}/text`, ['GET'], `${T}/text`]).map((r) => r && r.error), ['', 'invalid batch request \'[]interface {}{"GET"}\'', null]);
  same('bad method', http.batch([[5, T]])[0].error, "invalid method type '5'");
  same('no url', http.batch({ a: {} }).a.error, "batch request a doesn't have a url key");
  throws('a failed one with throw', () => http.batch([`${T}/text`, ['GET', 'http://127.0.0.1:1/', null, { throw: true }]]), 'connection refused');
}
