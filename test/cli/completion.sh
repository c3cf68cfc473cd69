# What `c6 completion bash` prints makes bash complete commands, flags and shells.
command -v bash >/dev/null 2>&1 || { echo "bash is missing"; exit 77; }
expect 0 "$C6" completion bash
cp out c6.bash
expect 0 bash -n c6.bash
cat >try.sh <<'END'
. ./c6.bash
function_of=$(complete -p c6 | sed -E 's/.*-F ([^ ]+).*/\1/')
try() {
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    COMPREPLY=()
    $function_of c6 "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    echo "$* => ${COMPREPLY[*]}"
}
try c6 r
try c6 -q ins
try c6 run --summary-t
try c6 run --vus ''
try c6 run -u 5 --no-s
try c6 inspect --exec
try c6 new --te
try c6 completion ''
try c6 help ver
END
expect 0 bash try.sh
has out '^c6 r => run$'
has out '^c6 -q ins => inspect$'
has out '^c6 run --summary-t => --summary-trend-stats --summary-time-unit$'
has out '^c6 run --vus  => $'
has out '^c6 run -u 5 --no-s => --no-setup$'
has out '^c6 inspect --exec => --execution-requirements$'
has out '^c6 new --te => --template$'
has out '^c6 completion  => bash zsh fish$'
has out '^c6 help ver => version$'
for shell in zsh fish; do
    expect 0 "$C6" completion $shell
    command -v $shell >/dev/null 2>&1 && { cp out c6.$shell; expect 0 $shell -n c6.$shell; }
done
expect 0 "$C6" completion
has out 'Usage:'
expect 0 "$C6" completion nosuch
has out 'completion bash\|zsh\|fish'
