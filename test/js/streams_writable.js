import { WritableStream, WritableStreamDefaultWriter, CountQueuingStrategy } from 'k6/experimental/streams';
import { same, throws } from './_expect.js';

export const options = { vus: 2, iterations: 4 };

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const why = (p) => p.then((v) => `no error: ${v}`, (e) => (e instanceof Error ? `${e.name}: ${e.message}` : String(e)));

async function writes() {
  const seen = [];
  const s = new WritableStream({
    start() { seen.push('start'); },
    write(chunk, controller) { seen.push(chunk, typeof controller.error); },
    close() { seen.push('close'); },
  });
  const w = s.getWriter();
  await w.ready;
  const first = w.write('a');
  same('full at once', w.desiredSize, 0);
  await first;
  await w.write('b');
  await w.close();
  await w.closed;
  same('in order', seen, ['start', 'a', 'function', 'b', 'function', 'close']);
  same('closed', [await why(w.write('c')), await why(w.close()), w.desiredSize], ['TypeError: stream is closing or closed', 'TypeError: stream is already closed or errored', 0]);
}

async function backpressure() {
  const seen = [];
  const s = new WritableStream({ write(x) { seen.push(x); return sleep(1); } }, new CountQueuingStrategy({ highWaterMark: 2 }));
  const w = s.getWriter();
  const { ready } = w;
  w.write(1);
  same('room', [w.ready === ready, w.desiredSize], [true, 1]);
  w.write(2);
  w.write(3);
  same('none', [w.ready === ready, w.desiredSize], [false, -1]);
  await w.ready;
  same('room again', [w.desiredSize, seen], [1, [1, 2, 3]]);
  await w.close();
  const sized = new WritableStream({}, { size: (x) => x.length, highWaterMark: 10 }).getWriter();
  sized.write('abcd');
  same('sizes', sized.desiredSize, 6);
}

async function faults() {
  let w = new WritableStream({ write() { throw new Error('no'); } }).getWriter();
  same('write throws', [await why(w.write(1)), await why(w.write(2)), await why(w.ready), await why(w.closed)], ['Error: no', 'Error: no', 'Error: no', 'Error: no']);
  w = new WritableStream({ close: () => Promise.reject('c') }).getWriter();
  same('close rejects', [await why(w.close()), await why(w.closed)], ['c', 'c']);
  w = new WritableStream({ start: () => Promise.reject('s') }).getWriter();
  same('start rejects', [await why(w.write(1)), await why(w.ready)], ['s', 's']);
  w = new WritableStream({}, { size: () => NaN }).getWriter();
  same('a bad size', await why(w.write(1)), 'RangeError: size must be a finite, non-NaN number');
  let controller;
  w = new WritableStream({ start(c) { controller = c; } }).getWriter();
  controller.error(new Error('broken'));
  same('errored', [w.desiredSize, await why(w.write(1)), await why(w.close())], [null, 'Error: broken', 'TypeError: stream is already closed or errored']);
  throws('a type', () => new WritableStream({ type: null }), 'is not supported by WritableStream');
  throws('no function', () => new WritableStream({ write: 5 }), 'underlyingSink.[[write]] must be a function');
  throws('no sink', () => new WritableStream(5), 'underlyingSink must be an object');
  throws('no new', () => WritableStream(), 'must be called with new');
  throws('no stream', () => new WritableStreamDefaultWriter({}), 'must be a WritableStream');
  throws('another this', () => WritableStreamDefaultWriter.prototype.write.call({}, 1), 'not a WritableStreamDefaultWriter');
}

async function aborts() {
  const seen = [];
  const s = new WritableStream({ write(x) { seen.push(x); return sleep(1); }, abort(reason) { seen.push(`abort ${reason}`); } });
  const w = s.getWriter();
  const writes = [w.write('a'), w.write('b')].map(why);
  await sleep(0);
  await w.abort('stop');
  same('the one under way ends', await Promise.all(writes), ['no error: undefined', 'stop']);
  same('then abort', [seen, await why(w.closed)], [['a', 'abort stop'], 'stop']);
  same('abort throws', await why(new WritableStream({ abort() { throw new Error('at'); } }).abort()), 'Error: at');
  const once = new WritableStream();
  same('abort twice', once.abort('1') === once.abort('2'), true);
}

async function locks() {
  const s = new WritableStream();
  const w = new WritableStreamDefaultWriter(s);
  throws('locked', () => s.getWriter(), 'stream is locked');
  same('while locked', [s.locked, await why(s.close()), await why(s.abort())], [true, 'TypeError: cannot close a locked stream', 'TypeError: cannot abort a locked stream']);
  w.releaseLock();
  same('let go', [s.locked, await why(w.write(1)), await why(w.closed), await why(w.ready)], [false, 'TypeError: stream is undefined', 'TypeError: writer released', 'TypeError: writer released']);
  throws('size of none', () => w.desiredSize, 'stream is undefined');
  await s.close();
}

export default async function () {
  await writes();
  await backpressure();
  await faults();
  await aborts();
  await locks();
}
