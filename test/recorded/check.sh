#!/usr/bin/env bash
# check.sh C6: runs the recorded cases of k6's behaviour, where that collection lies beside the checkout, and fails when one that
# passed before (passing.txt) fails now. A case that fails is run once more alone: some of them hang on the clock.
#   check.sh C6 --update   writes passing.txt anew
set -euo pipefail
c6=$1
here=$(cd "$(dirname "$0")" && pwd)
cases=$here/../../../shared/oracle/run
list=$here/passing.txt
if [ ! -x "$cases" ]; then
    echo "no recorded cases beside this checkout: nothing to compare with"
    exit 0
fi
out=$(mktemp)
trap 'rm -f "$out"' EXIT
if [ "${2:-}" = --update ]; then
    "$cases" "$c6" --loose-messages --verbose >"$out" || true
    sed -n 's/^ok  *\([^ ]*\) .*/\1/p' "$out" | sort >"$list"
    echo "$(wc -l <"$list") cases pass"
    exit 0
fi
"$cases" "$c6" --loose-messages --jobs 2 --case "$(paste -sd, "$list")" >"$out" || true
again=$(sed -n 's/^FAIL //p' "$out" | paste -sd, -)
if [ -z "$again" ]; then
    tail -n 1 "$out"
    exit 0
fi
echo "once more, alone: $again"
if ! "$cases" "$c6" --loose-messages --case "$again"; then
    echo "cases that passed before fail now" >&2
    exit 1
fi
