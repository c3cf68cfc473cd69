# Archives that are none, and those that can't be made or written.
echo 'export default function () {}' >good.js
echo 'export default function () { let 5 = 1; }' >syntax.js
echo "throw new Error('at init');" >throws.js
echo 'export const options = { duration: "nonsense" }; export default function () {}' >options.js
expect 0 "$C6" archive good.js
[ -s archive.tar ] || { echo "archive.tar is missing"; exit 1; }
head -c 700 archive.tar >cut.tar
expect 255 "$C6" run --quiet cut.tar
has err "could not load test archive bundle 'file:///.*/cut\.tar': unexpected end"
expect 255 "$C6" run --quiet --type archive good.js
has err 'could not load test archive bundle'
expect 107 "$C6" run --quiet --type js archive.tar
has err 'SyntaxError'
expect 255 "$C6" run --quiet --type odd good.js
has err "unknown or unspecified test type 'odd'"
expect 107 "$C6" archive syntax.js
expect 107 "$C6" archive throws.js
expect 104 "$C6" archive options.js
expect 255 "$C6" archive missing.js
expect 255 "$C6" archive
expect 255 "$C6" archive --out json good.js
has err 'unknown flag: --out'
expect 255 "$C6" archive -O nowhere/x.tar good.js
has err "can't create the archive nowhere/x\.tar"
if [ -c /dev/full ]; then
    expect 255 "$C6" archive -O /dev/full good.js
    [ -c /dev/full ] || { echo "the device is gone"; exit 1; }
fi
# What is not in the archive is not looked for on the disk.
cat >opens.js <<'JS'
const text = open(__ENV.NAME);
export default function () { console.log(text); }
JS
echo one >one.txt
echo two >two.txt
expect 0 "$C6" archive -e NAME=./one.txt -O opens.tar opens.js
expect 107 "$C6" run --quiet -e NAME=./two.txt opens.tar
has err 'two\.txt: no such file in the archive'
