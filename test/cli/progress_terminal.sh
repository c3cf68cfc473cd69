# The live display in a real terminal, which tmux plays: bars of every kind of scenario, resizing, log lines that get past
# it, more scenarios than rows, Ctrl+C once and twice.
if ! command -v tmux >/dev/null 2>&1; then
    echo "tmux is missing"
    exit 77
fi
# The socket's path has to be short.
sock=$(mktemp -d /tmp/c6t.XXXXXX)
term=0
trap 'in_tmux kill-server 2>/dev/null; rm -rf "$sock"' EXIT
in_tmux() { tmux -S "$sock/$term" -f /dev/null "$@"; }
open_terminal() { # COLUMNS ROWS; the one before it goes
    in_tmux kill-server 2>/dev/null
    term=$((term + 1))
    in_tmux new-session -d -s t -x "$1" -y "$2" "env -i PATH='$PATH' TERM=screen HOME='$HOME' PS1='prompt> ' sh" || exit 1
    in_tmux set-option -t t history-limit 5000 >/dev/null 2>&1
}
keys() { in_tmux send-keys -t t "$@"; }
look() { in_tmux capture-pane -p -t t "$@"; }
# Waits until the terminal shows REGEX; MS are for a busy machine.
shows() { # REGEX
    n=0
    until look | grep -qE -- "$1"; do
        n=$((n + 1))
        if [ $n -gt 600 ]; then
            echo "the terminal never showed: $1"
            look -S - | tail -n 40
            exit 1
        fi
        sleep 0.05
    done
}
lacks() { # FILE REGEX
    if grep -qE -- "$2" "$1"; then echo "shown, but should not be: $2"; cat "$1"; exit 1; fi
}

cat >all.js <<'JS'
import { sleep } from 'k6';
const long = { executor: 'constant-vus', vus: 3, duration: '5m' };
export const options = {
  scenarios: {
    loop: long,
    a_name_that_is_longer_than_thirty_columns: { executor: 'ramping-vus', startVUs: 2, stages: [{ duration: '5m', target: 12 }] },
    fixed: { executor: 'constant-arrival-rate', rate: 20, duration: '5m', preAllocatedVUs: 2, maxVUs: 12 },
    ramp: { executor: 'ramping-arrival-rate', startRate: 5, stages: [{ duration: '5m', target: 100 }], preAllocatedVUs: 20, exec: 'quick' },
    shared: { executor: 'shared-iterations', vus: 2, iterations: 20, maxDuration: '5m' },
    each: { executor: 'per-vu-iterations', vus: 2, iterations: 1, exec: 'quick' },
    later: { executor: 'constant-vus', vus: 1, duration: '1m', startTime: '4m' },
  },
};
export function setup() { sleep(0.3); }
export default function () { sleep(1000); }
export function quick() {}
JS
open_terminal 120 40
keys "'$C6' run all.js; echo code \$?" Enter
shows '^Run +\[=+\] setup\(\)$'
shows '^running \([0-9m]+\.[0-9]s\), [0-9]{2}/[0-9]{2} VUs, [0-9]+ complete and 0 interrupted iterations$'
shows '^loop +\[>?-+\] 3 VUs +[0-9m]+\.[0-9]s/5m0s$'
shows '^a_name_that_is_longer_than_\.\.\. +\[>?-+\] 0[0-9]/12 VUs +[0-9m]+\.[0-9]s/5m00\.0s$'
shows '^fixed +\[>?-+\] [01][0-9]/[01][0-9] VUs +[0-9m]+\.[0-9]s/5m0s +20\.00 iters/s$'
shows '^ramp +\[>?-+\] [0-9]{2}/20 VUs +[0-9m]+\.[0-9]s/5m0s +0[0-9]{2}\.[0-9]{2} iters/s$'
shows '^shared +\[-+\] 2 VUs +[0-9m]+\.[0-9]s/5m0s +00/20 shared iters$'
shows '^each +✓ \[=+\] 2 VUs +00m00\.[0-9]s/10m0s +2/2 iters, 1 per VU$'
shows '^later +• \[-+\] waiting +3m[0-9]{2}\.[0-9]s$'
# Narrow: percentages instead of bars, lines that wrap; then wide again. No drawing is left behind.
in_tmux resize-window -t t -x 60 -y 40
shows '^loop +\[ +[0-9]+% \] 3 VUs'
in_tmux resize-window -t t -x 120 -y 40
shows '^loop +\[>?-+\] 3 VUs'
look >screen
[ "$(grep -c '^running (' screen)" = 1 ] || { echo "drawings were left behind"; cat screen; exit 1; }
keys C-c
shows '^code 105$'
look >screen
[ "$(grep -c '^running (' screen)" = 1 ] || { echo "not one last drawing"; cat screen; exit 1; }
grep -qE '^loop +✗ \[>?-+\] 3 VUs' screen || { echo "loop is not shown as interrupted"; cat screen; exit 1; }
grep -qE '^later +• ' screen || { echo "later does not wait any more"; cat screen; exit 1; }

# Log lines between redrawings: each whole, none twice, none lost.
cat >log.js <<'JS'
import { sleep } from 'k6';
export const options = { scenarios: { log: { executor: 'shared-iterations', vus: 2, iterations: 100 } } };
export default function () { console.log(`line ${__VU}/${__ITER} ` + 'x'.repeat(60) + ' end'); sleep(0.05); }
JS
open_terminal 150 12
keys "'$C6' run log.js; echo code \$?" Enter
shows '^code 0$'
look -S - >screen
[ "$(grep -cE '^INFO\[[0-9]+\] line [12]/[0-9]+ x{60} end +source=console$' screen)" = 100 ] || { echo "not 100 whole lines"; cat screen; exit 1; }
[ "$(grep -c 'line [12]/' screen)" = 100 ] || { echo "torn lines"; cat screen; exit 1; }
[ "$(grep -c '^running (' screen)" = 1 ] || { echo "drawings among the log lines"; cat screen; exit 1; }

# More scenarios than rows: those that run are shown, and nothing scrolls away.
cat >many.js <<'JS'
import { sleep } from 'k6';
export const options = { scenarios: {} };
for (let i = 0; i < 40; i++) options.scenarios[`s${i}`] = { executor: 'constant-vus', vus: 1, duration: '5m', startTime: i < 35 ? '200s' : '0s' };
export default function () { sleep(1000); }
JS
open_terminal 100 20
keys "'$C6' run many.js; echo code \$?" Enter
shows '^s39 +\[>?-+\] 1 VUs'
shows '^s35 +\[>?-+\] 1 VUs'
shows '^\.\.\. and [0-9]+ more scenarios$'
sleep 0.5
look -S - >screen
[ "$(grep -c '^running (' screen)" = 1 ] || { echo "drawings scrolled away"; cat screen; exit 1; }
keys C-c
shows '^code 105$'

# While a paused test waits; a second Ctrl+C ends a teardown that takes its time.
cat >slow.js <<'JS'
import { sleep } from 'k6';
export default function () { sleep(1000); }
export function teardown() { console.log('in teardown'); sleep(1000); }
JS
open_terminal 100 30
keys "'$C6' run --paused slow.js; echo code \$?" Enter
shows '^Run +\[=+\] paused$'
keys C-c
shows '^code 105$'
open_terminal 100 30
keys "'$C6' run slow.js; echo code \$?" Enter
shows '^default +\[-+\] 1 VUs'
keys C-c
shows 'in teardown'
keys C-c
shows '^code 105$'
look >screen
grep -q 'second signal' screen || { echo "not told of the second signal"; cat screen; exit 1; }
lacks screen '^running \('
