# test.abort, test.fail, exceptions and rejections at every stage of a test: exit code, what still runs, what is logged.
cat >stage.js <<'JS'
import exec from 'k6/execution';
const stage = __ENV.STAGE;
function act() {
  switch (__ENV.ACTION) {
    case 'abort': exec.test.abort('why'); break;
    case 'caught': try { exec.test.abort('why'); } catch (e) { console.log('never caught'); } finally { console.log('nor finally'); } break;
    case 'fail': exec.test.fail('bad'); break;
    case 'throw': throw new Error('boom');
    case 'reject': return Promise.reject(new Error('nope'));
    case 'later': Promise.resolve().then(() => { throw new Error('unheard'); }); break;
  }
}
if (stage === 'load') act();
if (stage === 'vu' && __VU === 2) act();
export const options = { scenarios: { s: { executor: 'per-vu-iterations', vus: 2, iterations: 2 } } };
export function setup() { console.log('in setup'); if (stage === 'setup') return act(); }
export default function () { if (stage === 'default' && __ITER === 0 && __VU === 1) return act(); }
export function teardown() { console.log('in teardown'); if (stage === 'teardown') return act(); }
export function handleSummary(data) {
  console.log(`in summary, iterations: ${data.metrics.iterations ? 'some' : 'none'}`);
  if (stage === 'summary') return act();
  return { stdout: 'own summary' };
}
JS
# STAGE ACTION CODE SEEN UNSEEN: extended regular expressions for the log, - for none
try() {
    expect "$3" "$C6" run --quiet -e STAGE="$1" -e ACTION="$2" stage.js
    hasnt err 'never caught|nor finally'
    case $4 in -) ;; *) has err "$4" ;; esac
    case $5 in -) ;; *) hasnt err "$5" ;; esac
}
after_load='in setup|in summary'
for action in abort caught; do
    try load $action 108 'could not initialize .stage.js.: .*test aborted: why' "$after_load"
    try vu $action 108 'test aborted: why' 'in setup|in teardown|some'
    try setup $action 108 'test aborted: why' 'in teardown|some'
    try default $action 108 'test aborted: why' -
    has err 'in teardown'
    try teardown $action 108 'test aborted: why' none
    has out 'own summary'
    try summary $action 0 'test aborted: why' none
    has out 'TOTAL RESULTS'
done
# There is no test to fail before VUs run.
try load fail 107 'outside of VU context' "$after_load"
try vu fail 107 'outside of VU context' 'in setup|in teardown|some'
for stage in setup default teardown; do
    try $stage fail 110 'test run was marked as failed' none
    has err 'in teardown'
    has out 'own summary'
done
try summary fail 0 - none
has out 'TOTAL RESULTS'

try load throw 107 'Error: boom' "$after_load"
try vu throw 107 'error while initializing VU #2 \(script exception\)' 'in setup|in teardown|some'
try setup throw 107 'Error: boom' 'in teardown|some'
has out 'own summary'
try default throw 0 'Error: boom' none
has err 'in teardown'
try teardown throw 107 'Error: boom' none
has out 'own summary'
try summary throw 0 'Error: boom' none
has out 'TOTAL RESULTS'

# A rejection that nobody handles is no exception: where that ends the test, it does so with the general code.
for action in reject later; do
    try load $action 255 'Uncaught \(in promise\) Error: ' "$after_load"
    try vu $action 255 'Uncaught \(in promise\) Error: ' 'in setup|in teardown|some'
    try setup $action 255 'Uncaught \(in promise\) Error: ' 'in teardown|some'
    try default $action 0 'Uncaught \(in promise\) Error: ' none
    try teardown $action 255 'Uncaught \(in promise\) Error: ' none
    try summary $action 0 'Uncaught \(in promise\) Error: ' none
done

# Abort wins over fail, over thresholds and over what goes wrong in teardown; fail over thresholds.
cat >order.js <<'JS'
import exec from 'k6/execution';
export const options = { iterations: 2, thresholds: { iterations: ['count>100'] } };
export default function () {
  exec.test.fail('first');
  if (__ENV.ABORT) exec.test.abort('then');
}
export function teardown() { if (__ENV.BREAK) throw new Error('broken'); }
JS
expect 110 "$C6" run --quiet order.js
expect 108 "$C6" run --quiet -e ABORT=1 order.js
expect 108 "$C6" run --quiet -e ABORT=1 -e BREAK=1 order.js
hasnt err broken
expect 107 "$C6" run --quiet -e BREAK=1 order.js

# Time limits, down to none.
cat >limits.js <<'JS'
import { sleep } from 'k6';
const hang = { sleep: () => sleep(1000), loop: () => { for (;;); }, wait: () => new Promise(() => setTimeout(() => {}, 1e6)) }[__ENV.HOW];
export const options = { setupTimeout: __ENV.LIMIT, teardownTimeout: __ENV.LIMIT, iterations: 1 };
export function setup() { if (__ENV.STAGE === 'setup') return hang(); }
export default function () {}
export function teardown() { console.log('in teardown'); if (__ENV.STAGE === 'teardown') return hang(); }
export function handleSummary() { if (__ENV.STAGE === 'summary') return hang(); return { stdout: 'own summary' }; }
JS
limit() { # STAGE HOW LIMIT CODE
    expect "$4" env K6_HANDLE_SUMMARY_TIMEOUT="$3" "$C6" run --quiet -e STAGE="$1" -e HOW="$2" -e LIMIT="$3" limits.js
    has err "execution timed out after [0-9]+ seconds"
}
for how in sleep loop wait; do
    limit setup $how 1s 100
    hasnt err 'in teardown'
    has out 'own summary'
    limit teardown $how 1s 101
    has out 'own summary'
    expect 0 env K6_HANDLE_SUMMARY_TIMEOUT=1s "$C6" run --quiet -e STAGE=summary -e HOW=$how -e LIMIT=60s limits.js
    has err 'failed to handle the end-of-test summary.*handleSummary\(\) execution timed out after 1 seconds'
    hasnt out .
done
expect 104 "$C6" run --quiet -e LIMIT=0s limits.js
has err 'setupTimeout must be positive'
# k6 takes the others as they are: nothing is done in no time.
sed -e 's/setupTimeout: __ENV.LIMIT, //' limits.js >limits0.js
expect 101 "$C6" run --quiet -e LIMIT=0s limits0.js
has err 'teardown\(\) execution timed out after 0 seconds'
expect 0 env K6_HANDLE_SUMMARY_TIMEOUT=0 "$C6" run --quiet -e LIMIT=60s limits.js
has err 'handleSummary\(\) execution timed out after 0 seconds'
hasnt out .

# --no-setup, --no-teardown, as flag, option and variable.
expect 0 "$C6" run --quiet -e STAGE=setup -e ACTION=throw --no-setup --no-teardown stage.js
hasnt err 'in setup|in teardown'
expect 0 env K6_NO_SETUP=true K6_NO_TEARDOWN=true "$C6" run --quiet -e STAGE=setup -e ACTION=throw stage.js
hasnt err 'in setup|in teardown'
