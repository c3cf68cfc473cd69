# The command archive, and running what it makes: everything that a test reads travels with it.
mkdir -p 'my test/lib' elsewhere
printf 'a file' >'my test/data.txt'
printf 'a\000b' >bytes.bin
echo "export const name = 'lib';" >'my test/lib/name.js'
cat >'my test/main.js' <<'JS'
import exec from 'k6/execution';
import { name } from './lib/name.js';
const text = open('./data.txt');
const bytes = open('../bytes.bin', 'b');
export const options = { iterations: 5, tags: { from: 'script' }, thresholds: { checks: ['rate>=0'] } };
export default function () {
  const s = exec.test.options.scenarios.default;
  console.log(`${__ENV.GREET} ${name} ${text} ${bytes.byteLength} ${s.vus} ${s.iterations} ${exec.test.options.tags.from}`);
}
JS
expect 0 "$C6" archive -e GREET=hello --vus 2 --iterations 2 --tag from=flag -O made.tar 'my test/main.js'
[ ! -s out ] || { echo "something was printed"; exit 1; }
mv made.tar elsewhere
rm -r 'my test' bytes.bin
cd elsewhere
expect 0 "$C6" run --quiet made.tar
has err 'hello lib a file 3 2 2 flag'
expect 0 "$C6" run --quiet -e GREET=changed --vus 3 --iterations 3 made.tar
has err 'changed lib a file 3 3 3 flag'
expect 0 "$C6" run --quiet --type archive made.tar
expect 0 "$C6" inspect made.tar
has out '"vus": 2,'

# Its entries are k6's.
tar tf made.tar >names
for name in metadata.json data file; do has names "^$name/?$"; done
has names '/my test/main\.js$'
has names '/my test/lib/name\.js$'
tar xOf made.tar metadata.json >metadata
has metadata '"type": "js"'
has metadata '"filename": "file:///.*/my%20test/main\.js"'
has metadata '"pwd": "file:///.*/my%20test"'
has metadata '"GREET": "hello"'
has metadata '"scenarios": null'

# Archives of archives, without the environment, from and to a pipe.
"$C6" archive --exclude-env-vars -O - made.tar >again.tar || exit 1
tar tf again.tar >names_again
cmp names names_again || exit 1
tar xOf again.tar metadata.json >metadata
hasnt metadata GREET
"$C6" run --quiet - <again.tar 2>err || exit 1
has err 'undefined lib a file 3 2 2 flag'
