import exec from 'k6/execution';

const values = {
  none: [], undef: [undefined], nul: [null], num: [42], obj: [{ a: 1 }], arr: [[1, 2]], err: [new Error('boom')],
  empty: [''], nulchar: ['a\0b'], lines: ['line\nnext'], two: ['a', 'b'], fn: [() => 1], yes: [true],
};

export default function () {
  if (__ENV.F) console.log(exec.test.fail(...values[__ENV.W]));
  else exec.test.abort(...values[__ENV.W]);
}
