#!/bin/sh
# run.sh C6: snippets of the language, each of which checks its own outcome: first one VU without pauses, then 16 VUs that share an
# engine runtime and park everywhere inside them. MAXVUS and ROUNDS make it smaller or larger.
set -u
c6=$1
case $c6 in /*) ;; *) c6=$(pwd)/$c6 ;; esac
here=$(cd "$(dirname "$0")" && pwd)
vus=${MAXVUS:-16}
rounds=${ROUNDS:-3}
tmp=$(mktemp -d)
target=
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

passed=0
failed=0
one() { # TITLE VUS ITERATIONS ARGS...
    title=$1 want=$3
    set -- --vus "$2" --iterations "$3" "$4" "$5"
    (cd "$here" && timeout 600 "$c6" run --quiet --no-color --workers 1 "$@" -e TARGET="$url" main.js) >"$tmp/out" 2>&1 </dev/null
    rc=$?
    count=$(sed -n 's/.*SNIPPETS \([0-9]*\).*/\1/p' "$tmp/out")
    done=$(grep -c "VU [0-9]* DID ${count:-none}" "$tmp/out")
    bad=$(sed -n 's/.*FAILED \([^:]*: [^:]*\): .*/\1/p' "$tmp/out" | sort -u | wc -l)
    if [ $rc != 0 ] || [ "${done:-0}" != "$want" ] || [ "$bad" != 0 ] || grep -qE 'level=(error|warning)|runtime error' "$tmp/out"; then
        echo "FAIL $title: exit code $rc, $done of $want iterations, $bad snippets failed"
        grep -E 'level=(error|warning)|runtime error|ERROR: |WARNING: ' "$tmp/out" | cut -c 1-600 | sort | uniq -c | sort -rn | head -n 20
        [ "$bad" != 0 ] || bad=1
    fi
    failed=$((failed + bad))
    passed=$((passed + ${count:-0} - bad))
}
one "one VU" 1 1 -e PAUSE=no
one "$vus VUs of one pod" "$vus" $((vus * rounds)) -e PAUSE=yes
echo "$passed passed, $failed failed"
[ $failed = 0 ]
