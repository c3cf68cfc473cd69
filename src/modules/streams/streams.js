/* streams.js - the classes of k6/experimental/streams, in JavaScript: the standard describes them
 * in terms of promises, and so does this. Embedded in the binary, compiled once a process and run
 * once in each VU that imports the module; see mod_streams.c. What scripts see of the objects
 * (which properties are their own, the texts of errors) is as in k6.
 * Spec: WHATWG Streams, sections 4, 5 and 7. Tests: test/js/streams_*.js */
(function (newGoError) {
  'use strict';

  /* What is behind an object that scripts hold. */
  const insides = new WeakMap();
  const nothing = () => {};

  function inside(object, kind) {
    const found = insides.get(object);
    return found !== undefined && found.kind === kind ? found : undefined;
  }

  function fix(object, values) {
    for (const name of Object.keys(values)) {
      Object.defineProperty(object, name, { value: values[name], enumerable: true });
    }
    return object;
  }

  function isDictionary(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  }

  function markHandled(promise) {
    promise.then(nothing, nothing);
  }

  /* A promise and what settles it. */
  class Deferred {
    constructor() {
      this.isPending = true;
      this.promise = new Promise((resolve, reject) => {
        this.settle = resolve;
        this.refuse = reject;
      });
    }
    resolve(value) {
      this.isPending = false;
      this.settle(value);
      return this;
    }
    reject(reason) {
      this.isPending = false;
      this.refuse(reason);
      return this;
    }
    /* Rejected, and nobody need care. */
    rejectQuietly(reason) {
      this.reject(reason);
      markHandled(this.promise);
      return this;
    }
  }

  const rejectedWith = (message) => Promise.reject(new TypeError(message));

  /* First in, first out, in constant time; total is the sum of the sizes. */
  class Queue {
    constructor() {
      this.clear();
    }
    clear() {
      this.first = this.last = undefined;
      this.total = 0;
    }
    get isEmpty() {
      return this.first === undefined;
    }
    push(value, size) {
      const item = { value, size, next: undefined };
      if (this.isEmpty) this.first = item;
      else this.last.next = item;
      this.last = item;
      this.total += size;
    }
    shift() {
      const item = this.first;
      this.first = item.next;
      this.total = Math.max(this.total - item.size, 0); /* sums of fractions go astray */
      return item.value;
    }
    /* Empties it first: each may come back here. */
    drain(each) {
      let item = this.first;
      this.clear();
      for (; item !== undefined; item = item.next) each(item.value);
    }
  }

  function checkSize(size) {
    if (!(size >= 0 && size < Infinity)) {
      throw new RangeError('size must be a finite, non-NaN number');
    }
  }

  /* ---- strategies ---- */

  const countOne = function size() {
    return 1;
  };

  function strategyOf(value) {
    if (value === undefined || value === null || typeof value === 'string') return {};
    if (!isDictionary(value)) {
      throw new TypeError('CountQueuingStrategy argument must be an object');
    }
    const { highWaterMark, size } = value;
    return { highWaterMark, size };
  }

  function checkStrategy({ highWaterMark, size }) {
    const isMissing = highWaterMark === undefined || highWaterMark === null;
    if (size !== undefined && size !== null && typeof size !== 'function') {
      throw new TypeError('size must be a function');
    }
    if (!isMissing && !(typeof highWaterMark === 'number' && highWaterMark >= 0)) {
      throw new RangeError('highWaterMark must be a non-negative number');
    }
    return { highWaterMark: isMissing ? 1 : highWaterMark, size: size ?? countOne };
  }

  function CountQueuingStrategy(...args) {
    if (args.length !== 1) throw new TypeError('CountQueuingStrategy takes a single argument');
    if (!isDictionary(args[0])) {
      throw new TypeError('CountQueuingStrategy argument must be an object');
    }
    const { highWaterMark } = args[0];
    if (highWaterMark === undefined || highWaterMark === null) {
      throw new TypeError("CountQueuingStrategy argument must have 'highWaterMark' property");
    }
    return fix({}, { highWaterMark, size: countOne });
  }

  /* The functions of an underlying source or sink, each called as its method. */
  function callbacksOf(object, what, names) {
    const callbacks = {};
    for (const name of names) {
      const fn = object === undefined ? undefined : object[name];
      if (fn === undefined) continue;
      if (typeof fn !== 'function') {
        throw new TypeError(`${what}.[[${name}]] must be a function`);
      }
      callbacks[name] = (...args) => Reflect.apply(fn, object, args);
    }
    return callbacks;
  }

  /* The callback's result as a promise, also when it throws or is not there. */
  function promiseOf(callback, ...args) {
    if (callback === undefined) return Promise.resolve();
    try {
      return Promise.resolve(callback(...args));
    } catch (reason) {
      return Promise.reject(reason);
    }
  }

  /* ---- readable streams ---- */

  function closeReadable(s) {
    s.state = 'closed';
    const r = s.reader;
    if (r === undefined) return;
    r.closed.resolve();
    r.requests.drain((request) => request.resolve({ value: undefined, done: true }));
  }

  function dropReadableAlgorithms(s) {
    s.size = undefined;
    s.pull = s.cancel = undefined;
  }

  function errorReadable(s, reason) {
    if (s.state !== 'readable') return;
    s.queue.clear();
    dropReadableAlgorithms(s);
    s.state = 'errored';
    s.error = reason;
    if (s.reader === undefined) return;
    s.reader.closed.rejectQuietly(reason);
    s.reader.requests.drain((request) => request.reject(reason));
  }

  const canEnqueue = (s) => s.state === 'readable' && !s.isCloseRequested;
  const hasReadRequests = (s) => s.reader !== undefined && !s.reader.requests.isEmpty;

  function pullIfNeeded(s) {
    const isHungry = hasReadRequests(s) || s.highWaterMark - s.queue.total > 0;
    if (!canEnqueue(s) || !s.isStarted || !isHungry) return;
    if (s.isPulling) {
      s.isPullWanted = true;
      return;
    }
    s.isPulling = true;
    promiseOf(s.pull, s.controller).then(
      () => {
        s.isPulling = false;
        if (!s.isPullWanted) return;
        s.isPullWanted = false;
        pullIfNeeded(s);
      },
      (reason) => errorReadable(s, reason)
    );
  }

  function requireOpen(s) {
    if (!canEnqueue(s)) throw new TypeError('cannot close or enqueue');
  }

  function enqueue(s, chunk) {
    requireOpen(s);
    if (hasReadRequests(s)) {
      s.reader.requests.shift().resolve({ value: chunk, done: false });
    } else {
      try {
        const size = Number(s.size.call(undefined, chunk));
        checkSize(size);
        s.queue.push(chunk, size);
      } catch (reason) {
        errorReadable(s, reason);
        throw reason;
      }
    }
    pullIfNeeded(s);
  }

  function requestClose(s) {
    requireOpen(s);
    s.isCloseRequested = true;
    if (!s.queue.isEmpty) return;
    dropReadableAlgorithms(s);
    closeReadable(s);
  }

  function desiredSizeOfReadable(s) {
    if (s.state === 'errored') return null;
    return s.state === 'closed' ? 0 : s.highWaterMark - s.queue.total;
  }

  /* Scripts see the controller's methods on its prototype. */
  function newReadableController(s) {
    const proto = Object.defineProperty({}, 'desiredSize', {
      get: () => desiredSizeOfReadable(s),
      enumerable: true,
    });
    fix(proto, {
      constructor: () => {
        throw new TypeError('ReadableStreamDefaultController is not constructable');
      },
      close: () => requestClose(s),
      enqueue: (chunk) => enqueue(s, chunk),
      error: (reason) => errorReadable(s, reason),
    });
    return Object.create(proto);
  }

  /* Without a reason k6 tells the source null. */
  function cancelReadable(s, ...args) {
    if (s.state === 'closed') return Promise.resolve();
    if (s.state === 'errored') return Promise.reject(s.error);
    closeReadable(s);
    s.queue.clear();
    const { cancel } = s;
    dropReadableAlgorithms(s);
    return promiseOf(cancel, args.length > 0 ? args[0] : null).then(nothing);
  }

  function read(r) {
    const s = r.stream;
    if (s === undefined) return rejectedWith('stream is undefined');
    if (s.state === 'closed') return Promise.resolve({ value: undefined, done: true });
    if (s.state === 'errored') return Promise.reject(s.error);
    const request = new Deferred();
    if (s.queue.isEmpty) {
      r.requests.push(request, 0);
      pullIfNeeded(s);
      return request.promise;
    }
    const chunk = s.queue.shift();
    if (s.isCloseRequested && s.queue.isEmpty) {
      dropReadableAlgorithms(s);
      closeReadable(s);
    } else {
      pullIfNeeded(s);
    }
    return request.resolve({ value: chunk, done: false }).promise;
  }

  function releaseReader(r) {
    const s = r.stream;
    if (s === undefined) return;
    if (s.state === 'readable') {
      r.closed.rejectQuietly(new TypeError('stream is readable'));
    } else {
      r.closed = new Deferred().rejectQuietly(new TypeError('stream is not readable'));
    }
    s.reader = undefined;
    r.stream = undefined;
    r.requests.drain((request) => request.reject(new TypeError('reader released')));
  }

  function newReader(s) {
    if (s.reader !== undefined) throw new TypeError('stream is locked');
    const r = { stream: s, closed: new Deferred(), requests: new Queue() };
    s.reader = r;
    if (s.state === 'closed') r.closed.resolve();
    if (s.state === 'errored') r.closed.rejectQuietly(s.error);
    const object = Object.defineProperty({}, 'closed', {
      get: () => r.closed.promise,
      enumerable: true,
    });
    return fix(object, {
      cancel: (...args) =>
        r.stream === undefined ? rejectedWith('stream is undefined') : cancelReadable(r.stream, ...args),
      read: () => read(r),
      releaseLock: () => releaseReader(r),
    });
  }

  function getReader(s, options) {
    if (options !== undefined && options !== null && typeof options !== 'object') {
      throw new TypeError('the options of getReader() must be an object');
    }
    const mode = options?.mode;
    if (mode === undefined) return newReader(s);
    if (String(mode) !== 'byob') throw new TypeError("options.mode is not 'byob'");
    throw newGoError("NotSupportedError:'byob' mode is not supported yet");
  }

  function startReadable(s, start) {
    s.controller = newReadableController(s);
    Promise.resolve(start?.(s.controller)).then(
      () => {
        s.isStarted = true;
        pullIfNeeded(s);
      },
      (reason) => errorReadable(s, reason)
    );
  }

  /* In k6 none of these objects is an instance of its class; only a class of the script's own that
   * extends ReadableStream has instances. */
  const readableProto = Object.defineProperty({}, 'constructor', { value: ReadableStream });

  function ReadableStream(...[source, strategy]) {
    const wanted = strategyOf(strategy);
    if (source !== undefined && !isDictionary(source)) {
      throw new TypeError('underlyingSource must be an object');
    }
    const type = source?.type;
    if (type !== undefined && String(type) !== 'bytes') {
      throw new TypeError('invalid underlying source type');
    }
    if (type !== undefined) {
      throw newGoError("NotSupportedError:'bytes' stream is not supported yet");
    }
    const s = { kind: ReadableStream, state: 'readable', queue: new Queue(), ...checkStrategy(wanted) };
    const { start, pull, cancel } = callbacksOf(source, 'underlyingSource', ['start', 'pull', 'cancel']);
    s.isStarted = s.isCloseRequested = s.isPulling = s.isPullWanted = false;
    s.pull = pull;
    s.cancel = cancel;
    startReadable(s, start);
    const isPlain = new.target === undefined || new.target === ReadableStream;
    const stream = Object.create(isPlain ? readableProto : new.target.prototype);
    insides.set(stream, s);
    Object.defineProperty(stream, 'locked', { get: () => s.reader !== undefined, enumerable: true });
    return fix(stream, {
      source: null,
      cancel: (...args) =>
        s.reader !== undefined ? rejectedWith('cannot cancel a locked stream') : cancelReadable(s, ...args),
      getReader: (options) => getReader(s, options),
      tee: () => {
        throw newGoError("NotSupportedError:'tee()' is not supported yet");
      },
    });
  }

  function ReadableStreamDefaultReader(...args) {
    if (args.length !== 1) {
      throw new TypeError('ReadableStreamDefaultReader takes a single argument');
    }
    const s = inside(args[0], ReadableStream);
    if (s === undefined) {
      throw new TypeError('ReadableStreamDefaultReader argument must be a ReadableStream');
    }
    return newReader(s);
  }

  /* ---- writable streams: the stream ---- */

  const isClosing = (w) => w.closeRequest !== undefined || w.closeInFlight !== undefined;

  function refuseReady(writer, reason) {
    if (!writer.ready.isPending) writer.ready = new Deferred();
    writer.ready.rejectQuietly(reason);
  }

  function refuseClosed(writer, reason) {
    if (!writer.closed.isPending) writer.closed = new Deferred();
    writer.closed.rejectQuietly(reason);
  }

  function dropWritableAlgorithms(w) {
    w.size = w.write = w.close = w.abort = undefined;
  }

  function rejectClose(w) {
    if (w.closeRequest !== undefined) w.closeRequest.reject(w.error);
    w.closeRequest = undefined;
    if (w.writer !== undefined) w.writer.closed.rejectQuietly(w.error);
  }

  function startErroring(w, reason) {
    w.state = 'erroring';
    w.error = reason;
    if (w.writer !== undefined) refuseReady(w.writer, reason);
    if (w.writeInFlight === undefined && w.closeInFlight === undefined && w.isStarted) {
      finishErroring(w);
    }
  }

  function finishErroring(w) {
    w.state = 'errored';
    w.queue.clear();
    w.requests.drain((request) => request.reject(w.error));
    const request = w.abortRequest;
    w.abortRequest = undefined;
    if (request === undefined) {
      rejectClose(w);
    } else if (request.wasErroring) {
      request.done.reject(w.error);
      rejectClose(w);
    } else {
      const { abort } = w;
      dropWritableAlgorithms(w);
      promiseOf(abort, request.reason).then(
        () => {
          request.done.resolve();
          rejectClose(w);
        },
        (reason) => {
          request.done.reject(reason);
          rejectClose(w);
        }
      );
    }
  }

  function dealWithRejection(w, reason) {
    if (w.state === 'writable') startErroring(w, reason);
    else finishErroring(w);
  }

  function finishClose(w) {
    w.closeInFlight.resolve();
    w.closeInFlight = undefined;
    if (w.state === 'erroring') {
      w.error = undefined;
      if (w.abortRequest !== undefined) w.abortRequest.done.resolve();
      w.abortRequest = undefined;
    }
    w.state = 'closed';
    if (w.writer !== undefined) w.writer.closed.resolve();
  }

  function failClose(w, reason) {
    w.closeInFlight.reject(reason);
    w.closeInFlight = undefined;
    if (w.abortRequest !== undefined) w.abortRequest.done.reject(reason);
    w.abortRequest = undefined;
    dealWithRejection(w, reason);
  }

  function updateBackpressure(w) {
    if (isClosing(w) || w.state !== 'writable') return;
    const isFull = w.highWaterMark - w.queue.total <= 0;
    if (w.writer !== undefined && isFull !== w.isFull) {
      if (isFull) w.writer.ready = new Deferred();
      else w.writer.ready.resolve();
    }
    w.isFull = isFull;
  }

  function abortWritable(w, reason) {
    if (w.state === 'closed' || w.state === 'errored') return Promise.resolve();
    if (w.abortRequest !== undefined) return w.abortRequest.done.promise;
    const wasErroring = w.state === 'erroring';
    const done = new Deferred();
    w.abortRequest = { done, reason: wasErroring ? undefined : reason, wasErroring };
    if (!wasErroring) startErroring(w, reason);
    return done.promise;
  }

  function closeWritable(w) {
    if (isClosing(w)) return rejectedWith('stream is already closing');
    if (w.state === 'closed' || w.state === 'errored') {
      return rejectedWith('stream is already closed or errored');
    }
    const done = new Deferred();
    w.closeRequest = done;
    if (w.writer !== undefined && w.isFull && w.state === 'writable') w.writer.ready.resolve();
    w.queue.push(CLOSE, 0);
    advance(w);
    return done.promise;
  }

  /* ---- writable streams: the controller ---- */

  const CLOSE = {}; /* in the queue: what was asked for last */

  function errorIfNeeded(w, reason) {
    if (w.state !== 'writable') return;
    dropWritableAlgorithms(w);
    startErroring(w, reason);
  }

  function processClose(w) {
    w.closeInFlight = w.closeRequest;
    w.closeRequest = undefined;
    w.queue.shift();
    const { close } = w;
    const result = promiseOf(close);
    dropWritableAlgorithms(w);
    result.then(
      () => finishClose(w),
      (reason) => failClose(w, reason)
    );
  }

  function processWrite(w, chunk) {
    w.writeInFlight = w.requests.shift();
    promiseOf(w.write, chunk, w.controller).then(
      () => {
        w.writeInFlight.resolve();
        w.writeInFlight = undefined;
        w.queue.shift();
        updateBackpressure(w);
        advance(w);
      },
      (reason) => {
        if (w.state === 'writable') dropWritableAlgorithms(w);
        w.writeInFlight.reject(reason);
        w.writeInFlight = undefined;
        dealWithRejection(w, reason);
      }
    );
  }

  function advance(w) {
    if (!w.isStarted || w.writeInFlight !== undefined) return;
    if (w.state === 'erroring') {
      finishErroring(w);
      return;
    }
    if (w.queue.isEmpty) return;
    const { value } = w.queue.first;
    if (value === CLOSE) processClose(w);
    else processWrite(w, value);
  }

  function sizeOfChunk(w, chunk) {
    if (w.size === undefined) return 1;
    try {
      return Number(w.size.call(undefined, chunk));
    } catch (reason) {
      errorIfNeeded(w, reason);
      return 1;
    }
  }

  function newWritableController(w) {
    const proto = fix({}, {
      constructor: () => {
        throw new TypeError('WritableStreamDefaultController is not constructable');
      },
      error: (reason) => errorIfNeeded(w, reason),
    });
    return Object.create(proto);
  }

  function startWritable(w, start) {
    w.controller = newWritableController(w);
    w.isFull = w.highWaterMark <= 0;
    Promise.resolve(start?.(w.controller)).then(
      () => {
        w.isStarted = true;
        advance(w);
      },
      (reason) => {
        w.isStarted = true;
        dealWithRejection(w, reason);
      }
    );
  }

  function WritableStream(...[sink, strategy]) {
    if (new.target === undefined) {
      throw new TypeError('WritableStream constructor must be called with new');
    }
    const wanted = strategyOf(strategy);
    if (sink !== undefined && !isDictionary(sink)) {
      throw new TypeError('underlyingSink must be an object');
    }
    if (sink?.type !== undefined) {
      throw new RangeError("'type' is not supported by WritableStream");
    }
    const w = { kind: WritableStream, state: 'writable', queue: new Queue(), ...checkStrategy(wanted) };
    const names = ['start', 'write', 'close', 'abort'];
    const { start, ...algorithms } = callbacksOf(sink, 'underlyingSink', names);
    Object.assign(w, algorithms);
    w.isStarted = false;
    w.requests = new Queue();
    startWritable(w, start);
    const stream = Object.create(new.target.prototype);
    insides.set(stream, w);
    const unlessLocked = (what, fn) => (...args) =>
      w.writer !== undefined ? rejectedWith(`cannot ${what} a locked stream`) : fn(w, ...args);
    return fix(stream, {
      abort: unlessLocked('abort', abortWritable),
      close: unlessLocked('close', closeWritable),
      getWriter: () => newWriter(w, WritableStreamDefaultWriter.prototype),
    });
  }

  Object.defineProperty(WritableStream.prototype, 'locked', {
    get() {
      const w = inside(this, WritableStream);
      return w === undefined ? undefined : w.writer !== undefined;
    },
    enumerable: true,
    configurable: true,
  });

  /* ---- writable streams: the writer ---- */

  function newWriter(w, proto) {
    if (w.writer !== undefined) throw new TypeError('stream is locked');
    const writer = { kind: WritableStreamDefaultWriter, stream: w };
    writer.ready = new Deferred();
    writer.closed = new Deferred();
    w.writer = writer;
    if (w.state === 'erroring' || w.state === 'errored') writer.ready.rejectQuietly(w.error);
    else if (w.state === 'closed' || isClosing(w) || !w.isFull) writer.ready.resolve();
    if (w.state === 'errored') writer.closed.rejectQuietly(w.error);
    else if (w.state === 'closed') writer.closed.resolve();
    const object = Object.create(proto);
    insides.set(object, writer);
    return object;
  }

  function releaseWriter(writer) {
    const reason = new TypeError('writer released');
    refuseReady(writer, reason);
    refuseClosed(writer, reason);
    writer.stream.writer = undefined;
    writer.stream = undefined;
  }

  function write(writer, chunk) {
    const w = writer.stream;
    const size = sizeOfChunk(w, chunk);
    if (writer.stream !== w) return rejectedWith('writer was released');
    if (w.state === 'errored') return Promise.reject(w.error);
    if (isClosing(w) || w.state === 'closed') return rejectedWith('stream is closing or closed');
    if (w.state === 'erroring') return Promise.reject(w.error);
    const done = new Deferred();
    w.requests.push(done, 0);
    try {
      checkSize(size);
      w.queue.push(chunk, size);
    } catch (reason) {
      errorIfNeeded(w, reason);
      return done.promise;
    }
    updateBackpressure(w);
    advance(w);
    return done.promise;
  }

  function desiredSizeOfWriter(writer) {
    const w = writer.stream;
    if (w === undefined) throw new TypeError('stream is undefined');
    if (w.state === 'errored' || w.state === 'erroring') return null;
    return w.state === 'closed' ? 0 : w.highWaterMark - w.queue.total;
  }

  function WritableStreamDefaultWriter(...args) {
    if (new.target === undefined) {
      throw new TypeError('WritableStreamDefaultWriter constructor must be called with new');
    }
    if (args.length !== 1) {
      throw new TypeError('WritableStreamDefaultWriter takes a single argument');
    }
    const w = inside(args[0], WritableStream);
    if (w === undefined) {
      throw new TypeError('WritableStreamDefaultWriter argument must be a WritableStream');
    }
    return newWriter(w, new.target.prototype);
  }

  function writerOf(object) {
    const writer = inside(object, WritableStreamDefaultWriter);
    if (writer === undefined) throw new TypeError('value is not a WritableStreamDefaultWriter');
    return writer;
  }

  function whileHeld(object, fn, argument) {
    const writer = writerOf(object);
    return writer.stream === undefined ? rejectedWith('stream is undefined') : fn(writer, argument);
  }

  const writerMethods = {
    get closed() {
      return writerOf(this).closed.promise;
    },
    get desiredSize() {
      return desiredSizeOfWriter(writerOf(this));
    },
    get ready() {
      return writerOf(this).ready.promise;
    },
    abort(reason) {
      return whileHeld(this, (writer) => abortWritable(writer.stream, reason));
    },
    close() {
      return whileHeld(this, (writer) => closeWritable(writer.stream));
    },
    releaseLock() {
      const writer = writerOf(this);
      if (writer.stream !== undefined) releaseWriter(writer);
    },
    write(chunk) {
      return whileHeld(this, write, chunk);
    },
  };
  Object.defineProperties(
    WritableStreamDefaultWriter.prototype,
    Object.getOwnPropertyDescriptors(writerMethods)
  );

  return {
    CountQueuingStrategy,
    ReadableStream,
    ReadableStreamDefaultReader,
    WritableStream,
    WritableStreamDefaultWriter,
  };
});
