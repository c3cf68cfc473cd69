#!/bin/sh
# train.sh C6_TRAIN: what c6's instrumented twin does while c6 is built, so that the compiler knows which paths are taken
# (cmake/C6Profile.cmake): corners of the language, JavaScript alone, and requests to the built-in target over HTTP/1.1, TLS and
# HTTP/2. Prints nothing unless it fails.
set -eu
c6=$1
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
targets=
stop() { # ends what this script started
    for p in $targets; do kill "$p" 2>/dev/null || true; done
    for p in $targets; do wait "$p" 2>/dev/null || true; done
    targets=
}
trap 'stop; rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM

start() { # NAME FLAGS...: a target; its address in $url
    name=$1
    shift
    "$c6" target --listen 127.0.0.1:0 --workers 1 "$@" >"$tmp/$name" 2>&1 &
    targets="$targets $!"
    tries=0
    until url=$(grep -o 'https*://[0-9.:]*' "$tmp/$name"); do
        tries=$((tries + 1))
        [ $tries -le 300 ] || { echo "train: the target did not start:" >&2; cat "$tmp/$name" >&2; exit 1; }
        sleep 0.1
    done
}

run() { # ARGUMENTS...
    "$c6" run --quiet "$@" >"$tmp/run" 2>&1 || { echo "train: c6 run $* failed:" >&2; tail -20 "$tmp/run" >&2; exit 1; }
}

run "$here/train.js"
start plain
run -e URL="$url" --vus 20 --iterations 4000 "$here/train_http.js"
run -e URL="$url/text" --vus 50 --iterations 40000 "$here/get.js"
start tls --tls --http1
run -e URL="$url/text" --vus 20 --iterations 5000 "$here/get.js"
start http2 --tls
run -e URL="$url/text" --vus 20 --iterations 5000 "$here/get.js"
run -e URL="$url/text" --vus 1 --iterations 200 "$here/batch.js"
stop
