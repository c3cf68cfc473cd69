#!/bin/sh
# run.sh C6 DIR [NAME...]: the scripts of this folder, each of which puts libraries from npm to work, unmodified, and checks what
# comes of it. The packages of packages.txt are fetched into DIR with npm, from the registry this machine uses, and checked against
# the hashes there; what is in DIR already is not fetched again. When npm or its registry can't be reached, all is skipped.
# A script's first line may give arguments: //# args: --vus 2
set -u
c6=$1
dir=$2
shift 2
case $c6 in /*) ;; *) c6=$(pwd)/$c6 ;; esac
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$dir/tgz" "$dir/node_modules"
dir=$(cd "$dir" && pwd)

skip() { # WHY
    echo "skipped: $1"
    echo "0 passed, 0 failed"
    exit 0
}
fail() { # WHY
    echo "FAIL: $1"
    echo "0 passed, 1 failed"
    exit 1
}

# PACKAGE@VERSION: the name npm gives its file
file_of() { printf '%s.tgz\n' "${1%@*}-${1##*@}" | sed 's|^@||; s|/|-|'; }
hash_of() { printf 'sha512-%s\n' "$(openssl dgst -sha512 -binary "$1" | openssl base64 -A)"; }

sed '/^#/d' "$here/packages.txt" >"$dir/wanted"
missing=
while read -r folder spec integrity; do
    [ -s "$dir/tgz/$(file_of "$spec")" ] || missing="$missing $spec"
done <"$dir/wanted"
if [ -n "$missing" ]; then
    command -v npm >/dev/null 2>&1 || skip "there is no npm on this machine"
    npm ping --fetch-retries 1 --fetch-timeout 10000 >"$dir/log" 2>&1 || skip "npm's registry can't be reached: $(grep -m 1 -i 'npm err' "$dir/log")"
    # shellcheck disable=SC2086 # words are wanted
    npm pack --silent --ignore-scripts --pack-destination "$dir/tgz" $missing >"$dir/log" 2>&1 ||
        fail "npm did not give the packages: $(tail -n 3 "$dir/log")"
fi
while read -r folder spec integrity; do
    tgz=$dir/tgz/$(file_of "$spec")
    [ "$(hash_of "$tgz")" = "$integrity" ] || { rm -f "$tgz"; fail "$spec is not what packages.txt says"; }
    [ ! -f "$dir/node_modules/$folder/.$(file_of "$spec")" ] || continue
    rm -rf "${dir:?}/node_modules/$folder"
    mkdir -p "$dir/node_modules/$folder"
    tar -xzf "$tgz" -C "$dir/node_modules/$folder" --strip-components=1 || fail "$tgz can't be unpacked"
    : >"$dir/node_modules/$folder/.$(file_of "$spec")"
done <"$dir/wanted"

passed=0
failed=0
one() { # NAME
    cp "$here/$1.js" "$here/../js/_expect.js" "$dir/"
    # shellcheck disable=SC2046
    if (cd "$dir" && timeout 300 "$c6" run --quiet --no-color $(sed -n 's|^//# args: ||p' "$1.js") "$1.js") >"$dir/out" 2>"$dir/err" </dev/null &&
        ! grep -qE 'level=(error|warning)|ERROR: |WARNING: |runtime error' "$dir/err"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $1"
        head -n 20 "$dir/err" | cut -c 1-1000 | sed 's/^/    /'
    fi
}
if [ $# -gt 0 ]; then
    for n in "$@"; do one "$n"; done
else
    for s in "$here"/*.js; do one "$(basename "$s" .js)"; done
fi
echo "$passed passed, $failed failed"
[ $failed = 0 ]
