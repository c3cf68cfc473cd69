#!/usr/bin/env bash
# check.sh C6: runs recorded cases of k6's behaviour and fails when one that passed before (passing.txt) fails now. A case that fails
# is run again alone, up to three times: some of them hang on the clock. The harness and its first cases lie beside the checkout, in
# ../shared; the cases of this folder (cases/) were made for c6's own tests and are run by the same harness.
#   check.sh C6 --update     writes passing.txt anew
#   check.sh C6 NAME...      runs these cases only, and says all that differs
set -euo pipefail
c6=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
harness=$here/../../../shared/oracle
list=$here/passing.txt
if [ ! -x "$harness/run" ]; then
    echo "no recorded cases beside this checkout: nothing to compare with"
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$harness/." "$work"
cp -r "$here/cases/." "$work/cases"
out=$work/out
# Some recordings name the ports that the target has when nothing else is there; another run beside this one may be there.
ports_are_free() {
    for port in 18080 18443 19080; do
        ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || return 1
    done
}
run() {
    for _ in $(seq 120); do
        ports_are_free && break
        sleep 0.5
    done
    "$work/run" "$c6" --loose-messages "$@"
}

case ${1:-} in
    --update)
        run --verbose --jobs 2 >"$out" || true
        sed -n 's/^ok  *\([^ ]*\) .*/\1/p' "$out" | sort >"$list"
        echo "$(wc -l <"$list") cases pass"
        exit 0 ;;
    ?*)
        run --verbose --case "$(IFS=,; echo "$*")"
        exit ;;
esac
failed() { sed -n 's/^FAIL //p' "$out" | paste -sd, -; }
run --jobs 4 --case "$(paste -sd, "$list")" >"$out" || true
tail -n 1 "$out"
for round in 1 2 3; do
    again=$(failed)
    [ -n "$again" ] || exit 0
    echo "once more, alone: $again"
    run --case "$again" >"$out" || true
done
if [ -n "$(failed)" ]; then
    cat "$out"
    echo "cases that passed before fail now" >&2
    exit 1
fi
