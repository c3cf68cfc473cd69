// exec.test.abort ends the run at once, also from a nested call with a catch; teardown runs.
import exec from 'k6/execution';
import { sleep } from 'k6';

//# args: --vus 3 --iterations 30
//# exit: 108
//# err: level=error msg="test aborted: enough"
//# err: msg="?teardown"? source=console
//# not-err: not reached

const { abort } = exec.test;

function deep(n) {
  try {
    if (n === 0) abort('enough');
    deep(n - 1);
  } catch (e) {
    console.log('not reached: caught');
  } finally {
    sleep(0);
  }
}

export default function () {
  if (exec.vu.idInTest === 2) {
    deep(20);
    console.log('not reached: after');
  }
  sleep(20);
  console.log('not reached: slept');
}

export function teardown() {
  console.log('teardown');
}
