#!/bin/sh
# run.sh C6 [NAME...]: the tests of this folder, NAME.sh each: a shell script that is run in a fresh folder with C6, TARGET and HERE set.
# It passes when it exits with 0 and was skipped, with its last line as the reason, when with 77; it has `expect CODE COMMAND...` (runs, checks the exit code, keeps ./out and ./err) and `has FILE REGEX`.
set -u
c6=$1
shift
case $c6 in /*) ;; *) c6=$(pwd)/$c6 ;; esac
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'kill $target 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM
"$c6" target --listen 127.0.0.1:0 >"$tmp/target" 2>&1 &
target=$!
n=0
until url=$(grep -oE 'http://[0-9.]+:[0-9]+' "$tmp/target" 2>/dev/null); do
    n=$((n + 1))
    [ $n -lt 200 ] || { echo "the target did not start"; cat "$tmp/target"; exit 1; }
    sleep 0.05
done

cat >"$tmp/lib.sh" <<'LIB'
expect() { # CODE COMMAND...
    want=$1
    shift
    "$@" >out 2>err </dev/null
    got=$?
    if [ $got != "$want" ]; then
        echo "exit code $got instead of $want: $*"
        tail -n 20 err
        exit 1
    fi
}
has() { # FILE REGEX
    grep -qE -- "$2" "$1" || { echo "$1 has no line that matches: $2"; tail -n 20 "$1"; exit 1; }
}
hasnt() { # FILE REGEX
    if grep -qE -- "$2" "$1"; then echo "$1 has a line that matches: $2"; tail -n 20 "$1"; exit 1; fi
}
LIB

passed=0
failed=0
one() {
    name=$(basename "$1" .sh)
    mkdir -p "$tmp/w/$name"
    (cd "$tmp/w/$name" && C6=$c6 TARGET=$url HERE=$here HOME=$tmp/w/$name sh -c '. "$0/lib.sh"; . "$1"' "$tmp" "$1") >"$tmp/log" 2>&1
    case $? in
    0) passed=$((passed + 1)) ;;
    77) echo "skipped $name: $(tail -n 1 "$tmp/log")" ;;
    *)
        failed=$((failed + 1))
        echo "FAIL $name"
        sed 's/^/    /' "$tmp/log"
        ;;
    esac
    rm -rf "$tmp/w/$name"
}
if [ $# -gt 0 ]; then
    for n in "$@"; do one "$here/$n.sh"; done
else
    for s in "$here"/*.sh; do
        [ "$s" = "$here/run.sh" ] || one "$s"
    done
fi
echo "$passed passed, $failed failed"
[ $failed = 0 ]
