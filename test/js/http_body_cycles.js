// Bodies of responses that lie in cycles count towards the engine's next collection: without that a
// script could hold gigabytes of garbage before a few kilobytes of objects set one off.
import http from 'k6/http';
import { same } from './_expect.js';

const COUNT = 24;

function makeCycles(responseType, read) {
  const refs = [];
  for (let i = 0; i < COUNT; i++) {
    const cycle = { r: http.get(`${__ENV.TARGET}/bytes/1000000`, { responseType }) };
    if (read) cycle.body = cycle.r.body;
    cycle.self = cycle;
    refs.push(new WeakRef(cycle));
  }
  return refs;
}

export default function () {
  for (const [type, read] of [['text', false], ['text', true], ['binary', false], ['binary', true]]) {
    const alive = makeCycles(type, read).filter((ref) => ref.deref() !== undefined).length;
    same(`most of ${type}, read: ${read}, are gone`, alive < COUNT / 2, true);
  }
}
