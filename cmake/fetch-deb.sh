#!/bin/sh
# fetch-deb.sh PACKAGE MIN MAX DEST: unpack Debian package PACKAGE, version in [MIN, MAX), into DEST,
# without root, from this machine's own mirror. apt checks the signed Release file and the SHA256.
set -eu
pkg=$1 min=$2 max=$3 dest=$4 snap=${C6_SNAPSHOT:-20261015T000000Z}
say() { echo "fetch-deb: $pkg: $*" >&2; }
fits() { dpkg --compare-versions "$1" ge "$min" && dpkg --compare-versions "$1" lt "$max"; }
if [ -f "$dest/VERSION" ] && fits "$(cat "$dest/VERSION")"; then exit 0; fi
. /etc/os-release
case $ID in
    debian) origin=Debian comp=main     suites=${C6_SUITES:-forky testing unstable} ;;
    *)      origin=Ubuntu comp=universe suites=${C6_SUITES:-devel} ID=ubuntu ;;
esac
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
uris() { apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "$@" | grep -v -e security -e updates | sort -u; }
uris "Origin: $origin" > "$tmp/uris"
[ -s "$tmp/uris" ] || uris --no-release-info > "$tmp/uris"     # before the first apt-get update
for k in gpg pgp; do k=/usr/share/keyrings/$ID-archive-keyring.$k; [ ! -f "$k" ] || key=$k; done
try() { # URI SUITE [SOURCE-OPTION]
    d=$tmp/apt what="$2${3:+ $3}"; rm -rf "$d"; mkdir -p "$d/lists/partial" "$d/cache/archives/partial"
    echo "deb [${key:+signed-by=$key} ${3:-}] $1 $2 $comp" > "$d/list"
    set -- -o Dir::Etc::sourcelist="$d/list" -o Dir::Etc::sourceparts=/nonexistent -o Dir::State::lists="$d/lists" \
        -o Dir::Cache="$d/cache" -o APT::Sandbox::User=root -o Acquire::Languages=none -o Acquire::Retries=3
    if ! (cd "$d" && apt-get "$@" update && apt-get "$@" download "$pkg") > "$tmp/log" 2>&1; then
        say "$what: $(grep -m1 '^E:' "$tmp/log")"; return 1; fi
    set -- "$d"/*.deb; v=$(dpkg-deb -f "$1" Version)
    fits "$v" || { say "$what has $v, not in [$min, $max)"; return 1; }
    rm -rf "${out:?}/usr"; dpkg-deb -x "$1" "$out"; echo "$v" > "$out/VERSION"; say "$v ($what) -> $out"
}
mkdir -p "$dest"; out=$(cd "$dest" && pwd)
while read -r uri; do
    for s in $suites; do try "$uri" "$s" && exit; done
    apt-config dump | grep -q '^Acquire::Snapshots' || continue      # newer apt: a dated, immutable archive
    for s in $suites; do try "$uri" "$s" "snapshot=$snap" && exit; done
done < "$tmp/uris"
say "not found on this machine's mirror"; exit 1
