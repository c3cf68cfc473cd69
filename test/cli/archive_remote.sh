# An archive that k6 made of a script with remote modules: they are in it, and nothing is fetched.
mkdir -p t/https/lib.example/dir t/file/t
cat >t/metadata.json <<'JSON'
{"type": "js", "options": {"vus": null, "iterations": 1, "scenarios": null, "cloud": {"projectID": 1}, "unknown": 1},
 "filename": "file:///t/s.js", "pwd": "file:///t", "env": {"WHO": "k6"}, "k6version": "1.0.0", "goos": "linux"}
JSON
cat >t/data <<'JS'
import { a } from 'https://lib.example/dir/a.js?v=1';
const text = open('./data.txt');
export const options = { iterations: 7 };
export default function () { console.log(`${a} ${text} ${__ENV.WHO}`); }
JS
echo "import { b } from './b.js'; import { c } from '/c.js'; export const a = 'a' + b + c;" >'t/https/lib.example/dir/a.js?v=1'
echo "export const b = 'b';" >t/https/lib.example/dir/b.js
echo "export const c = 'c';" >t/https/lib.example/c.js
printf 'from k6' >t/file/t/data.txt
(cd t && tar cf ../remote.tar metadata.json data https file)
expect 0 "$C6" run --quiet remote.tar
has err 'abc from k6 k6'
[ "$(grep -c 'abc from k6' err)" = 1 ] || { echo "the archive's options do not count"; exit 1; }
expect 0 "$C6" archive -O again.tar remote.tar
tar tf again.tar >names
has names '^https/lib\.example/dir/a\.js\?v=1$'
expect 0 "$C6" run --quiet again.tar
