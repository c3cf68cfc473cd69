#!/bin/sh
# run.sh BUILD: all tests of one build: the unit tests, then the scripts of test/language, test/js and test/cli.
# The last line says how many passed and failed, all together.
set -u
build=$1
here=$(cd "$(dirname "$0")" && pwd)
out=$(mktemp)
trap 'rm -f "$out"' EXIT
passed=0
failed=0
part() { # NAME COMMAND...: runs it, adds up its closing line
    name=$1
    shift
    "$@" >"$out" 2>&1
    rc=$?
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$out" | tail -n 1)
    if [ -z "$line" ]; then
        echo "$name did not finish (exit code $rc):"
        tail -n 60 "$out"
        failed=$((failed + 1))
        return
    fi
    p=${line%% passed*}
    f=${line##*passed, }
    f=${f%% failed*}
    if [ "$f" != 0 ] || [ $rc != 0 ]; then
        grep -vE '^\[ +(RUN|OK|PASSED) +\]|^\[=+\]' "$out" | tail -n 200
        [ "$f" != 0 ] || f=1
    fi
    echo "$name: $p passed, $f failed"
    passed=$((passed + p))
    failed=$((failed + f))
}
part unit "$build/c6_test"
part language sh "$here/language/run.sh" "$build/c6"
part scripts sh "$here/js/run.sh" "$build/c6"
part cli sh "$here/cli/run.sh" "$build/c6"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
