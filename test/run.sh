#!/bin/sh
# run.sh BUILD: all tests of one build: the unit tests, then the scripts of test/language, test/js and test/cli. The four parts run
# beside each other, for most of them wait most of the time. The last line says how many passed and failed, all together.
set -u
build=$1
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
passed=0
failed=0
start() { # NAME COMMAND...
    name=$1
    shift
    {
        "$@" >"$tmp/$name" 2>&1
        echo $? >"$tmp/$name.rc"
    } &
}
report() { # NAME: adds up its closing line; shows what it said if something failed
    name=$1
    rc=$(cat "$tmp/$name.rc")
    line=$(grep -aE '^[0-9]+ passed, [0-9]+ failed' "$tmp/$name" | tail -n 1)
    if [ -z "$line" ]; then
        echo "$name did not finish (exit code $rc):"
        tail -n 60 "$tmp/$name"
        failed=$((failed + 1))
        return
    fi
    p=${line%% passed*}
    f=${line##*passed, }
    f=${f%% failed*}
    if [ "$f" != 0 ] || [ "$rc" != 0 ]; then
        grep -avE '^\[ +(RUN|OK|PASSED) +\]|^\[=+\]' "$tmp/$name" | tail -n 200
        [ "$f" != 0 ] || f=1
    fi
    echo "$name: $p passed, $f failed"
    passed=$((passed + p))
    failed=$((failed + f))
}
start unit "$build/c6_test"
start language sh "$here/language/run.sh" "$build/c6"
start scripts sh "$here/js/run.sh" "$build/c6"
start cli sh "$here/cli/run.sh" "$build/c6"
wait
for name in unit language scripts cli; do
    report $name
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
