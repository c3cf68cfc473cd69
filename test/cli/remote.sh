# Modules of other machines: fetched once over TLS that is verified, archived, refused in clear words.
command -v openssl >/dev/null || { echo "no openssl"; exit 77; }
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=c6-test \
    -addext subjectAltName=IP:127.0.0.1 >/dev/null 2>&1 || { echo "openssl makes no certificate"; exit 77; }
mkdir site && cd site
answer() { # FILE STATUS [HEADER]: the body is on standard input
    { printf 'HTTP/1.0 %s\r\n%sContent-Type: text/plain\r\n\r\n' "$2" "${3:+$3
}"; cat; } >"$1"
}
answer 'lib.ts?_k6=1' '200 OK' <<'JS'
import { deep } from './deep/other.js';
export const greet = (who: string): string => `${deep} ${who}`;
export const where: string = import.meta.resolve('./x.js');
JS
mkdir deep
answer 'deep/other.js?_k6=1' '404 Not Found' <<'JS'
JS
answer 'deep/other.js' '200 OK' <<'JS'
import '../again.js';
export const deep = 'remote';
JS
answer 'again.js?_k6=1' '200 OK' <<'JS'
export const again = 1;
JS
answer 'missing.js?_k6=1' '404 Not Found' <<'JS'
JS
cp 'missing.js?_k6=1' missing.js
answer 'broken.js?v=1&_k6=1' '200 OK' <<'JS'
export const a = 1;
let b = (;
JS
answer 'local.js?_k6=1' '200 OK' <<'JS'
import 'file:///etc/hostname';
JS
answer 'main.js?_k6=1' '200 OK' <<'JS'
import { deep } from './deep/other.js';
export default function () { console.log(`main ${deep} ${__VU}`); }
JS
answer 'abc' '500 Oops' <<'JS'
JS
cp abc 'abc?_k6=1'
openssl s_server -accept 127.0.0.1:0 -cert ../cert.pem -key ../key.pem -HTTP >../server.out 2>&1 &
server=$!
trap 'kill $server 2>/dev/null' EXIT
cd ..
n=0
until port=$(sed -n 's/^ACCEPT .*:\([0-9][0-9]*\)$/\1/p' server.out | head -n 1) && [ -n "$port" ]; do
    n=$((n + 1))
    [ $n -lt 200 ] || { echo "s_server did not start"; cat server.out; exit 77; }
    sleep 0.05
done
site=https://127.0.0.1:$port
script() { # FILE: the text is on standard input, SITE is replaced
    sed "s|SITE|$site|g" >"$1"
}
script a.js <<'JS'
import { greet, where } from 'SITE/lib.ts';
import { again } from 'SITE/again.js';
export default function () { console.log(greet('user'), again, where.replace('SITE', '')); }
JS
export SSL_CERT_FILE="$PWD/cert.pem"
expect 0 "$C6" run --quiet -u 2 -i 2 a.js
has err 'remote user 1 /x\.js'
[ "$(grep -c '^FILE:again.js' server.out)" -le 1 ] || { echo "a module was fetched twice"; cat server.out; exit 1; }

expect 0 "$C6" run --quiet "$site/main.js"
has err 'main remote 1'

# What was fetched is in the archive: it runs with the server gone.
expect 0 "$C6" archive -O a.tar a.js

for name in missing.js abc; do
    echo "import '$site/$name'; export default function () {}" >b.js
    expect 107 "$C6" run --quiet b.js
    has err "The moduleSpecifier .*$name.* couldn't be retrieved from the resolved url"
done
has err "wrong status code \(500\) for: $site/abc"
echo "import '$site/broken.js?v=1'; export default function () {}" >b.js
expect 107 "$C6" run --quiet b.js
has err 'SyntaxError.*broken\.js\?v=1:2:'
echo "import '$site/local.js'; export default function () {}" >b.js
expect 107 "$C6" run --quiet b.js
has err 'not allowed to load local file: file:///etc/hostname'
echo "import 'http://127.0.0.1:$port/lib.ts'; export default function () {}" >b.js
expect 107 "$C6" run --quiet b.js
has err 'only supported schemes for imports are file and https'

# Nobody vouches for the certificate: the script can't turn that off.
unset SSL_CERT_FILE
script c.js <<'JS'
import 'SITE/again.js';
export const options = { insecureSkipTLSVerify: true };
export default function () {}
JS
expect 107 "$C6" run --quiet c.js
has err 'x509'

kill $server
wait $server 2>/dev/null
expect 0 "$C6" run --quiet a.tar
has err 'remote user 1 /x\.js'
expect 107 "$C6" run --quiet a.js
has err 'connection refused'
