#!/bin/sh
# run.sh BUILD RUNS: builds and runs every fuzz driver for RUNS executions, on a copy of its corpus.
set -eu
build=$1
runs=$2
here=$(cd "$(dirname "$0")" && pwd)
for driver in "$here"/*_fuzz.c; do
    name=$(basename "$driver" .c)
    ninja -C "$build" "$name" >/dev/null
    corpus=$(mktemp -d)
    seeds=$here/corpus/${name%_fuzz}
    [ -d "$seeds" ] && cp -r "$seeds/." "$corpus/"
    echo "== $name"
    if ! "$build/$name" -runs="$runs" -max_len=4096 -timeout=10 -rss_limit_mb=4096 -print_final_stats=0 -verbosity=0 "$corpus"; then
        echo "$name found something" >&2
        rm -rf "$corpus"
        exit 1
    fi
    rm -rf "$corpus"
done
echo "all fuzz drivers ran $runs times without a finding"
