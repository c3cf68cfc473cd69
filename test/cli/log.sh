# Where the log goes, what is in it; where the script's own lines go.
cat >script.js <<'JS'
console.log('init');
export function setup() { console.log('setup'); }
export default function () { console.debug('debug'); console.log('vu'); console.error('bad'); }
JS
expect 0 "$C6" run -q --log-output=file=all.log script.js
has all.log 'level=info msg=vu source=console'
hasnt all.log 'debug'
hasnt err .
[ "$(stat -c %a all.log)" = 600 ] || { echo "others may read the log"; exit 1; }
expect 0 "$C6" run -q --log-output=file=some.log,level=error script.js
has some.log 'msg=bad'
hasnt some.log 'msg=vu'
expect 0 "$C6" run -q --log-output=file=more.log,level=debug script.js
hasnt more.log 'debug'
expect 0 "$C6" run -q -v --log-output=file=most.log script.js
has most.log 'level=debug msg=debug'
expect 0 "$C6" run -q --log-output=stdout script.js
has out 'msg=vu'
expect 0 "$C6" run -q --log-output=none script.js
hasnt err .
for bad in x file file= file=/nonexistent/x.log file=x.log,level=x file=x.log,foo=1 \
    loki=http://127.0.0.1:1/,foo=1 lokix loki=; do
    expect 255 "$C6" run -q --log-output="$bad" script.js
    has err 'level=error'
done
# --console-output has what VUs print; init code prints to the log.
expect 0 "$C6" run -q --log-format=raw --console-output=vu.log script.js
has vu.log '^setup$'
has vu.log '^vu$'
hasnt vu.log 'init'
has err '^init$'
expect 255 "$C6" run -q --console-output=/nonexistent/x.log script.js
# A script from a pipe that has a name.
mkfifo pipe
(echo "export default function () { console.log('piped'); }" >pipe) &
expect 0 "$C6" run -q --log-format=raw pipe
wait $!
has err '^piped$'
