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
    const bad = http.get(`${T}/json`);
    bad.body = body;
    throws(body, () => bad.json(), `cannot parse json due to an error at ${where} , error: `);
    same('path of no JSON', typeof bad.json('a'), 'undefined');
  }
  // What was parsed once stays so, whatever body is afterwards; paths look at what it is.
  r.body = '{"a":1,';
  same('kept', [r.json().items.length, r.json('a')], [3, 1]);
  r.body = null;
  throws('null', () => r.json(), 'the body is null');
  const text = (body) => {
    const fresh = http.get(`${T}/text`);
    fresh.body = body;
    return fresh.json();
  };
  for (const body of [{ a: 1 }, 5, true]) throws('no text', () => text(body), 'expected string, []byte or ArrayBuffer');
  same('lone surrogates', text('"\\ud800x\\ud83d\\ude00"'), '\ufffdx\ud83d\ude00');
  same('unicode', text('"\u00e9\ud83d\ude00\\ud83d\\ude00"'), '\u00e9\ud83d\ude00\ud83d\ude00');
  text(`${'['.repeat(500)}${']'.repeat(500)}`);
  throws('too deep', () => text('['.repeat(20000)), '');
}
