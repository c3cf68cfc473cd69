// The text of exec.test.abort is shown as it is, also behind a NUL.
import exec from 'k6/execution';

//# exit: 108
//# err: level=error msg="test aborted: one\\x00two"

export default function () {
  exec.test.abort('one\0two');
}
