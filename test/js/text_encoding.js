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
  throws('broken bytes', () => decode(new Uint8Array([255])), 'not valid');
  throws('not bytes', () => decode('text'), 'ArrayBuffer');
  throws('an unknown label', () => new TextDecoder('latin1'), 'unsupported');
  throws('a getter that throws', () => new TextDecoder('utf-8', { get fatal() { throw new Error('got me'); } }), 'got me');
}
