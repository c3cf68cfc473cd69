//# exit: 107
//# err: source=stacktrace
//# err: there is no k6/experimental/timers any more
//# not-err: level=info
// A module that k6 once had: its turn comes, and it throws.
import { setTimeout as later } from 'k6/experimental/timers';

let said;
try {
  require('k6/experimental/webcrypto');
} catch (e) {
  said = e;
}
if (said.name !== 'GoError' || !said.message.startsWith('there is no k6/experimental/webcrypto any more')) console.log(said);

export default function () {
  console.log('never', later);
}
