import http from 'k6/http';
import { same, throws } from './_expect.js';

const T = __ENV.TARGET;

export default function () {
  const r = http.get(`${T}/json`);
  same('whole', r.json().items.length, 3);
  same('anew each time', r.json() === r.json(), false);
  same('path', [r.json('items.#'), r.json('items.1.id'), r.json('nothing'), r.json('items.#.id').length, r.json('')], [3, r.json().items[1].id, null, 3, null]);
  same('undefined', [typeof r.json('nothing'), typeof r.json(undefined)], ['undefined', 'undefined']);
  same('bytes', http.get(`${T}/json`, { responseType: 'binary' }).json('ok'), true);
  for (const [body, where] of [['', 'line 1, character 0'], ['<x>', 'line 1, character 1'], ['{\n "a": 1,\n "b": tru\n}', 'line 4, character 1'], ['{}\n{}', 'line 2, character 1'], ['[1', 'line 1, character 2']]) {
    r.body = body;
    throws(body, () => r.json(), `cannot parse json due to an error at ${where} , error: `);
    same('path of no JSON', typeof r.json('a'), 'undefined');
  }
  r.body = '"\u00e9\ud83d\ude00\\ud83d\\ude00"';
  same('unicode', r.json(), '\u00e9\ud83d\ude00\ud83d\ude00');
  r.body = `${'['.repeat(500)}${']'.repeat(500)}`;
  r.json();
  r.body = '['.repeat(20000);
  throws('too deep', () => r.json(), '');
}
