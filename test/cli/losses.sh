# What can't be written is said once, the test goes on, and nothing lands where it was not meant to.
cat >s.js <<'JS'
export default function () { console.log('a line'); }
JS
expect 0 "$C6" run -q -i 3 --console-output=/dev/full s.js
has err "the log can't be written: No space left on device"
[ "$(grep -c "can't be written" err)" = 1 ] || { echo "said more than once"; exit 1; }
has out 'iterations\.+: 3'

expect 0 "$C6" run -q -i 3 --log-output=file=/dev/full s.js
has err "the log can't be written"

# a closed standard output is not the number of the next file
"$C6" run -q --summary-export=e.json s.js >&- 2>err </dev/null || { echo "exit code $?"; exit 1; }
has e.json '"iterations"'
hasnt err 'level=error'

expect 255 "$C6" run --summary-time-unit h s.js
has err "invalid summary time unit 'h'"

# too few descriptors end in words
(ulimit -n 6; exec "$C6" target --listen 127.0.0.1:0 --workers 4) >out 2>err </dev/null
code=$?
[ $code = 255 ] || [ $code = 1 ] || { echo "the target ended with $code"; exit 1; }
has err 'descriptors|ulimit'
