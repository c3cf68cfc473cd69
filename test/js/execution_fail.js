// exec.test.fail marks the run: it goes on, and each call is logged.
import exec from 'k6/execution';

//# exit: 110
//# err: level=error msg="test marked as failed: once"
//# err: level=error msg="?test marked as failed"?$
//# err: level=error msg="test marked as failed: twice"
//# err: msg="?third"? source=console
//# err: test run was marked as failed

export const options = { iterations: 3 };

export default function () {
  if (__ITER === 0) exec.test.fail('once');
  if (__ITER === 1) exec.test.fail();
  if (__ITER === 2) {
    exec.test.fail('twice');
    console.log('third');
  }
}
