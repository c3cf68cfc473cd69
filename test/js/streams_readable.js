import { ReadableStream, ReadableStreamDefaultReader, CountQueuingStrategy } from 'k6/experimental/streams';
import { same, throws } from './_expect.js';

export const options = { vus: 2, iterations: 4 };

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const why = (p) => p.then((v) => `no error: ${v}`, (e) => (e instanceof Error ? `${e.name}: ${e.message}` : String(e)));

async function drain(stream) {
  const reader = stream.getReader();
  const chunks = [];
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return chunks;
    chunks.push(value);
  }
}

async function chunks() {
  let n = 0;
  same('from start', await drain(new ReadableStream({ start(c) { c.enqueue('a'); c.enqueue({ o: 1 }); c.close(); } })), ['a', { o: 1 }]);
  same('from pull', await drain(new ReadableStream({ pull(c) { n += 1; c.enqueue(n); if (n === 3) c.close(); } })), [1, 2, 3]);
  const late = new ReadableStream({ start(c) { let i = 0; const t = setInterval(() => { i += 1; c.enqueue(i); if (i === 2) { clearInterval(t); c.close(); } }, 1); } });
  same('from a timer', await drain(late), [1, 2]);
  let controller;
  const reader = new ReadableStream({ start(c) { controller = c; } }).getReader();
  const reads = [reader.read(), reader.read(), reader.read()];
  controller.enqueue('x');
  controller.close();
  same('reads that came first', (await Promise.all(reads)).map((r) => r.done), [false, true, true]);
  same('this and arguments', await new Promise((done) => {
    const source = { start() { done([this === source, arguments.length]); } };
    new ReadableStream(source);
  }), [true, 1]);
}

async function strategies() {
  let pulls = 0;
  const counted = new ReadableStream({ pull(c) { pulls += 1; c.enqueue(pulls); } }, new CountQueuingStrategy({ highWaterMark: 3 }));
  await sleep(1);
  same('fills its queue', [pulls, (await counted.getReader().read()).value], [3, 1]);
  let idle = 0;
  const lazy = new ReadableStream({ pull(c) { idle += 1; c.enqueue(idle); } }, { highWaterMark: 0 });
  await sleep(1);
  same('pulls for a reader alone', [idle, (await lazy.getReader().read()).value, idle], [0, 1, 1]);
  const sizes = [];
  new ReadableStream({ start(c) { c.enqueue('abc'); sizes.push(c.desiredSize); } }, { highWaterMark: 10, size: (chunk) => chunk.length });
  same('sizes', sizes, [7]);
  for (const size of [NaN, -1, Infinity]) {
    throws(`size ${size}`, () => new ReadableStream({ start(c) { c.enqueue(1); } }, { size: () => size }), 'size must be a finite');
  }
  for (const highWaterMark of [-1, NaN, '3', {}]) throws(`mark ${highWaterMark}`, () => new ReadableStream({}, { highWaterMark }), 'non-negative number');
  throws('size is no function', () => new ReadableStream({}, { size: 5 }), 'size must be a function');
  throws('no mark', () => new CountQueuingStrategy({}), "must have 'highWaterMark'");
  same('a strategy', Object.keys(new CountQueuingStrategy({ highWaterMark: 2 })), ['highWaterMark', 'size']);
}

async function faults() {
  same('pull throws', await why(new ReadableStream({ pull() { throw new TypeError('p'); } }).getReader().read()), 'TypeError: p');
  same('start rejects', await why(new ReadableStream({ start: () => Promise.reject('s') }).getReader().closed), 's');
  same('cancel rejects', await why(new ReadableStream({ cancel: () => Promise.reject('c') }).cancel()), 'c');
  throws('start throws', () => new ReadableStream({ start() { throw new RangeError('at start'); } }), 'at start');
  throws('start is no function', () => new ReadableStream({ start: 1 }), 'underlyingSource.[[start]] must be a function');
  throws('no source', () => new ReadableStream(null), 'underlyingSource must be an object');
  throws('bytes', () => new ReadableStream({ type: 'bytes' }), 'NotSupportedError');
  throws('another type', () => new ReadableStream({ type: 'x' }), 'invalid underlying source type');
  throws('tee', () => new ReadableStream().tee(), 'NotSupportedError');
  throws('byob', () => new ReadableStream().getReader({ mode: 'byob' }), 'NotSupportedError');
  throws('a mode', () => new ReadableStream().getReader({ mode: 'x' }), "options.mode is not 'byob'");
  throws('closed already', () => new ReadableStream({ start(c) { c.close(); c.enqueue(1); } }), 'cannot close or enqueue');
  throws('no stream', () => new ReadableStreamDefaultReader({}), 'must be a ReadableStream');
  new ReadableStream({ start(c) { c.error(new Error('nobody asks')); } }).getReader(); // is no unhandled rejection
}

async function locks() {
  const s = new ReadableStream();
  const reader = new ReadableStreamDefaultReader(s);
  throws('locked', () => s.getReader(), 'stream is locked');
  same('cancel of a locked one', await why(s.cancel()), 'TypeError: cannot cancel a locked stream');
  const pending = reader.read();
  reader.releaseLock();
  same('a read let go', await why(pending), 'TypeError: reader released');
  same('closed', await why(reader.closed), 'TypeError: stream is readable');
  same('let go', [s.locked, await why(reader.read()), await why(reader.cancel())], [false, 'TypeError: stream is undefined', 'TypeError: stream is undefined']);
  let reason;
  const canceled = new ReadableStream({ start(c) { c.enqueue(1); }, cancel(r) { reason = r; } }).getReader();
  await canceled.cancel('enough');
  same('canceled', [reason, (await canceled.read()).done], ['enough', true]);
}

export default async function () {
  await chunks();
  await strategies();
  await faults();
  await locks();
  const many = new ReadableStream({ start(c) { for (let i = 0; i < 20000; i++) c.enqueue(i); c.close(); } });
  same('a long queue', (await drain(many)).length, 20000);
}
