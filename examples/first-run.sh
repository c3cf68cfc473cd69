#!/bin/sh
# first-run.sh C6: starts the built-in target on a free port, runs the quick start against it, stops the target.
set -eu
c6=$1
here=$(dirname "$0")
log=$(mktemp)
"$c6" target --listen 127.0.0.1:0 >"$log" 2>&1 &
target=$!
trap 'kill $target 2>/dev/null; wait $target 2>/dev/null; rm -f "$log"' EXIT INT TERM
tries=0
until url=$(grep -o 'http://[0-9.:]*' "$log"); do
    tries=$((tries + 1))
    if [ $tries -gt 100 ]; then
        echo "the target did not start:" >&2
        cat "$log" >&2
        exit 1
    fi
    sleep 0.1
done
"$c6" run -e TARGET="$url" "$here/quickstart.js"
