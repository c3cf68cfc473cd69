import { same } from './_expect.js';

// The stack is among an error's own names, as in k6: scripts print errors with them.
class Own extends Error {
  constructor(m) {
    super(m);
    this.code = 7;
  }
}

function thrown() {
  try {
    null.x;
  } catch (e) {
    return e;
  }
  return undefined;
}

export default function () {
  const names = Object.getOwnPropertyNames;
  same('an error', names(new Error('x', { cause: 1 })), ['stack', 'message', 'cause']);
  same('without message', names(new TypeError()), ['stack']);
  same('of a class', names(new Own('m')), ['stack', 'message', 'code']);
  same('thrown by the language', names(thrown()), ['stack', 'message']);
  const e = new Error('x');
  const shown = JSON.parse(JSON.stringify(e, names(e)));
  same('printed', [Object.keys(shown), shown.message, shown.stack.startsWith('Error: x\n')], [['stack', 'message'], 'x', true]);
  e.stack = 'mine';
  same('a stack of its own stands once', names(e).sort(), ['message', 'stack']);
  same('no error', [names({ a: 1 }), names('ab'), names(Object.create(Error.prototype))], [['a'], ['0', '1', 'length'], []]);
  same('the function', [names.name, names.length], ['getOwnPropertyNames', 1]);
}
