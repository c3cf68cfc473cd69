import { same, throws } from './_expect.js';

export const options = { vus: 2, iterations: 4 };

export default function () {
  const e = new TextEncoder();
  const { decode } = new TextDecoder('utf-8', { fatal: true });
  same('there and back', decode(e.encode('a\u00e9\u{1F600}')), 'a\u00e9\u{1F600}');
  same('a lone surrogate', Array.from(e.encode('\ud800')), [239, 191, 189]);
  same('kinds of bytes', [decode(new ArrayBuffer(0)), decode(new DataView(e.encode('ab').buffer, 1))], ['', 'b']);
  same('instances', [e instanceof TextEncoder, new TextDecoder() instanceof TextDecoder], [true, true]);
  const s = new TextDecoder();
  same('a stream', s.decode(new Uint8Array([226, 130]), { stream: true }) + s.decode(new Uint8Array([172])), '\u20ac');
  throws('broken bytes', () => decode(new Uint8Array([255])), 'decoding text: invalid byte sequence');
  throws('not bytes', () => decode(5), 'data is not an ArrayBuffer, typed array, or DataView');
  throws('no options', () => decode(new Uint8Array(0), 5), 'could not convert 5 to encoding.TextDecodeOptions');
  same('other input', [decode('text'), decode([97, 98]), decode(null), e.encode(null).length], ['text', 'ab', '', 0]);
  same('lists', [decode(new Set([97, 98])), decode({ length: 2, 0: 99, 1: '100' }), decode(new String('ab'))], ['ab', 'cd', '\u0000\u0000']);
  throws('a function', () => decode(() => 1), 'data is not an ArrayBuffer, typed array, or DataView');
  same('a mark of the other order', new TextDecoder('utf-16le').decode(new Uint8Array([254, 255, 0, 97])), 'a');
  same('labels', [new TextDecoder('').encoding, new TextDecoder(null).encoding], ['utf-8', 'utf-8']);
  throws('what it is stays', () => { 'use strict'; new TextDecoder().encoding = 'x'; }, '');
  throws('an unknown label', () => new TextDecoder('latin1'), 'unsupported');
  throws('a getter that throws', () => new TextDecoder('utf-8', { get fatal() { throw new Error('got me'); } }), 'got me');
}
