const names = ['open', 'require', 'console', 'setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'crypto', 'TextEncoder', 'TextDecoder', '__ENV', '__VU', '__ITER', 'globalThis', 'self', 'window', 'process', 'Buffer', 'setImmediate', 'fetch', 'URL', 'URLSearchParams', 'Blob', 'atob', 'btoa', 'performance', 'navigator', 'Headers', 'AbortController', 'Event', 'EventTarget', 'WebSocket', 'ReadableStream', 'escape', 'unescape', 'eval', 'Proxy', 'Reflect', 'Symbol', 'BigInt', 'Promise', 'WeakMap', 'WeakSet', 'SharedArray', 'Function'];
const at = (n) => { const p = Object.getOwnPropertyDescriptor(globalThis, n); return p ? `${'value' in p} ${p.writable} ${p.enumerable} ${p.configurable}` : 'no own'; };
export default function () {
  for (const n of names) { let ty; try { ty = typeof eval(n); } catch (e) { ty = `threw ${e.name}`; } console.log(n, ty, n === 'navigator' || n === 'performance' ? '' : at(n)); }
  console.log(typeof console.log, console.log.length, setTimeout.length, clearTimeout.length, TextEncoder.length, TextDecoder.length, globalThis === global, Object.prototype.toString.call(crypto), Object.prototype.toString.call(console));
  console.log(Object.keys(globalThis).sort().join());
}
