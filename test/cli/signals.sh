# Signals at every stage: what still runs, and the exit code. Each waits for a line of the script's before it sends anything.
cat >stage.js <<'JS'
import exec from 'k6/execution';
import { sleep } from 'k6';
const stage = __ENV.STAGE;
function hang(name) {
  console.log(`now in ${name}`);
  switch (__ENV.HOW) {
    case 'sleep': sleep(1000); break;
    case 'loop': for (;;); break;
    case 'wait': return new Promise((resolve) => setTimeout(resolve, 1e6));
    case 'brief': sleep(1); break;
  }
}
if (stage === 'load') hang('load');
if (stage === 'vu' && __VU > 0) hang('vu');
export const options = { scenarios: { s: { executor: 'shared-iterations', vus: 1, iterations: 1, gracefulStop: __ENV.GRACE || '30s' } } };
export function setup() { if (stage === 'setup') return hang('setup'); console.log('setup done'); }
export default function () { if (stage === 'default') return hang('default'); }
export function teardown() { console.log('teardown begun'); if (stage === 'teardown') return hang('teardown'); }
export function handleSummary() { if (stage === 'summary') return hang('summary'); return { stdout: 'own summary' }; }
JS
wait_for() { # FILE REGEX
    n=0
    until grep -qE -- "$2" "$1"; do
        n=$((n + 1))
        [ $n -lt 600 ] || { echo "never seen in $1: $2"; kill -9 "$pid"; cat "$1"; exit 1; }
        sleep 0.05
    done
}
# CODE SIGNAL... ARGS of the run after --: signals are sent when the hanging stage, or what AFTER names, has been seen.
try() {
    want=$1
    shift
    signals=
    while [ "$1" != -- ]; do
        signals="$signals $1"
        shift
    done
    shift
    : >out
    : >err
    # A shell starts what it puts into the background with SIGINT ignored; env puts that right.
    env --default-signal=INT,TERM "$C6" run "$@" stage.js >out 2>err </dev/null &
    pid=$!
    for s in $signals; do
        wait_for "${AFTER_IN:-err}" "${AFTER:-now in}"
        kill -"$s" $pid
        AFTER=${THEN:-${AFTER:-now in}}
    done
    AFTER=
    wait $pid
    got=$?
    [ $got = "$want" ] || { echo "exit code $got instead of $want: $signals for $*"; cat err; exit 1; }
}

# While the script is loaded nothing is to be put in order: the signal ends the process.
try 130 INT -- --quiet -e STAGE=load -e HOW=loop
try 143 TERM -- --quiet -e STAGE=load -e HOW=loop
try 105 INT -- --quiet -e STAGE=vu -e HOW=loop
has err "aborted because c6 received a 'interrupt' signal"
hasnt err 'setup done|teardown begun'
has out 'own summary'

for how in sleep loop wait; do
    try 105 INT -- --quiet -e STAGE=setup -e HOW=$how
    hasnt err 'teardown begun'
    has out 'own summary'
    try 105 TERM -- --quiet -e STAGE=default -e HOW=$how
    has err "aborted because c6 received a 'terminated' signal"
    has err 'teardown begun'
    has out 'own summary'
done
# Teardown is not cut by the first signal, but by the second, and at once.
try 105 INT -- --quiet -e STAGE=teardown -e HOW=brief
has out 'own summary'
THEN='Stopping in response'
for how in sleep loop; do
    try 105 INT TERM -- --quiet --verbose -e STAGE=teardown -e HOW=$how
    has err 'second signal'
    hasnt out 'own summary'
done
THEN=
# When nothing is left to do but the summary, a signal is what it is to any process.
try 130 INT -- --quiet -e STAGE=summary -e HOW=sleep
try 143 TERM -- --quiet -e STAGE=summary -e HOW=loop

# --paused makes VUs and waits; --linger waits at the end, and leaves the exit code as it is.
AFTER_IN=out AFTER=paused
try 105 INT -- --paused
hasnt err 'setup done|teardown begun'
has out 'own summary'
AFTER=was.enabled
try 0 INT -- --linger
has out 'own summary'
AFTER=was.enabled
try 0 TERM -- --linger --no-setup
AFTER_IN=
AFTER='was enabled'
try 0 INT -- --quiet --verbose --linger
hasnt out 'was enabled'
# Who was stopped by a signal already does not linger, nor who never had a VU.
try 105 INT -- --quiet --linger -e STAGE=default -e HOW=sleep
echo 'if (__VU > 0) throw new Error("no VU"); export default function () {}' >throws.js
expect 107 "$C6" run --quiet --linger throws.js
