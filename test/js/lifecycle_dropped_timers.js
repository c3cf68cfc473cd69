//# err: level=warning msg="setTimeout 2 was dropped: its iteration ended early"
//# err: level=warning msg="setInterval 3 was dropped: its iteration ended early"
//# err: level=error msg="Error: now
//# not-err: setTimeout 1
//# out: ^bytes 1 1$
import { same } from './_expect.js';

// Timers that are still waiting when an iteration ends early are told of; hooks get one argument each.
export function setup() {
  same('arguments of setup', [arguments.length, arguments[0]], [1, null]);
}
export default function () {
  same('arguments of default', [arguments.length, typeof arguments[0]], [1, 'undefined']);
  clearTimeout(setTimeout(() => {}, 60000));
  setTimeout(() => {}, 60000);
  setInterval(() => {}, 60000);
  throw new Error('now');
}
export function teardown() {
  same('arguments of teardown', [arguments.length, typeof arguments[0]], [1, 'undefined']);
}
export function handleSummary(data) {
  same('setup_data', ['setup_data' in data, typeof data.setup_data], [true, 'undefined']);
  const text = `bytes ${arguments.length} ${data.metrics.iterations.values.count}\n`;
  return { stdout: new Uint8Array([...text].map((c) => c.charCodeAt(0))) };
}
