#!/bin/sh
# run.sh C6 [NAME...]: runs the scripts of this folder with the binary, against its own target.
# A script says what is expected of it in its first lines:
#   //# args: --vus 2            more arguments (may stand several times)
#   //# env: NAME=value          an environment variable of the process
#   //# exit: 107                the exit code; 0 when not said
#   //# out: REGEX               a line of standard output must match (extended regular expression); several
#   //# err: REGEX               the same for standard error
#   //# not-err: REGEX           no line of standard error may match
#   //# tls                      __ENV.TARGET_TLS is wanted too
# A script without `err:` must write nothing at level error or warning.
# LIMIT in the environment: seconds a script may take (120).
set -u
c6=$1
shift
case $c6 in /*) ;; *) c6=$(pwd)/$c6 ;; esac
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
pids=
trap 'for p in $pids; do kill $p 2>/dev/null; done; wait 2>/dev/null; rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM

start() { # FILE ARGS...: a target; prints its address
    log=$tmp/$1
    : >"$log"
    shift
    "$c6" target --listen 127.0.0.1:0 "$@" >"$log" 2>&1 &
    pids="$pids $!"
    n=0
    until grep -oE 'https?://[0-9.]+:[0-9]+' "$log" | head -n 1 | grep .; do
        n=$((n + 1))
        [ $n -lt 200 ] || { echo "the target did not start: $(cat "$log")" >&2; exit 1; }
        sleep 0.05
    done
}
start http >"$tmp/url"
url=$(cat "$tmp/url")
start https --tls >"$tmp/url_tls"
url_tls=$(cat "$tmp/url_tls")

facts() { # SCRIPT KEY: the values of that key
    sed -n "s|^//# $2: *||p" "$1"
}

passed=0
failed=0
one() {
    script=$1
    name=$(basename "$script" .js)
    set --
    for a in $(facts "$script" args); do set -- "$@" "$a"; done
    want=$(facts "$script" exit)
    (cd "$here" && env $(facts "$script" env) timeout "${LIMIT:-120}" "$c6" run --no-color -e TARGET="$url" -e TARGET_TLS="$url_tls" -e TMP="$tmp" "$@" "$name.js") \
        >"$tmp/out" 2>"$tmp/err" </dev/null
    rc=$?
    why=
    [ $rc = "${want:-0}" ] || why="exit code $rc instead of ${want:-0}"
    facts "$script" out >"$tmp/want"
    while IFS= read -r re; do
        grep -qE -- "$re" "$tmp/out" || why="$why; no line of output matches: $re"
    done <"$tmp/want"
    facts "$script" err >"$tmp/want"
    while IFS= read -r re; do
        grep -qE -- "$re" "$tmp/err" || why="$why; no line of standard error matches: $re"
    done <"$tmp/want"
    if [ ! -s "$tmp/want" ] && grep -qE 'level=(error|warning)|ERROR: |WARNING: |runtime error' "$tmp/err"; then
        why="$why; errors or warnings were logged"
    fi
    facts "$script" not-err >"$tmp/want"
    while IFS= read -r re; do
        if grep -qE -- "$re" "$tmp/err"; then why="$why; a line of standard error matches: $re"; fi
    done <"$tmp/want"
    if [ -z "$why" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $name: ${why#; }"
        tail -n 30 "$tmp/err" | sed 's/^/    /'
    fi
}

if [ $# -gt 0 ]; then
    for n in "$@"; do one "$here/$n.js"; done
else
    for s in "$here"/*.js; do
        case $s in */_*) continue ;; esac # _name.js: imported by others
        case " ${SKIP:-} " in *" $(basename "$s" .js) "*) continue ;; esac
        one "$s"
    done
fi
echo "$passed passed, $failed failed"
[ $failed = 0 ]
