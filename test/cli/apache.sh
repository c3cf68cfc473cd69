# Against a server that others wrote: Apache, over HTTP/1.1 and TLS, and as a proxy.
apache=$(command -v apache2 || ls /usr/sbin/apache2 2>/dev/null)
[ -n "$apache" ] && command -v openssl >/dev/null || { echo "needs apache2-bin and openssl"; exit 77; }
here=$(pwd)
mkdir www cgi run
head -c 300000 /dev/zero | tr '\0' 'x' >www/big.txt
echo 'plain text of the server' >www/plain.txt
echo '{"a":[1,2,3]}' >www/data.json
cat >cgi/echo <<'CGI'
#!/bin/sh
[ "$QUERY_STRING" = 304 ] && printf 'Status: 304 Not Modified\r\n\r\n' && exit
body=$(cat | wc -c)
printf 'Content-Type: application/json\r\nSet-Cookie: seen=yes; Path=/\r\nX-Twice: a\r\nX-Twice: b\r\n\r\n'
printf '{"method":"%s","query":"%s","body":%s,"cookie":"%s","te":"%s","length":"%s","user":"%s","proto":"%s"}' \
    "$REQUEST_METHOD" "$QUERY_STRING" "$body" "$HTTP_COOKIE" "$HTTP_TRANSFER_ENCODING" "$CONTENT_LENGTH" "$REMOTE_USER" "$SERVER_PROTOCOL"
CGI
chmod +x cgi/echo
printf 'ann:{SHA}%s\n' "$(printf secret | openssl dgst -sha1 -binary | openssl base64)" >passwords
printf 'ann:area:%s\n' "$(printf ann:area:secret | openssl dgst -md5 -r | cut -d' ' -f1)" >digests

cert() { # NAME SUBJECT EXTENSION ISSUER-ARGS...
    name=$1 subject=$2 extension=$3
    shift 3
    openssl req -newkey rsa:2048 -nodes -keyout "$name.key" -subj "/CN=$subject" -out "$name.csr" 2>log &&
        printf '%s\n' "$extension" >"$name.ext" &&
        openssl x509 -req -in "$name.csr" -days 2 -extfile "$name.ext" -out "$name.pem" "$@" 2>>log || { cat log; exit 1; }
}
openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=ca 2>log || { cat log; exit 1; }
cert server localhost 'subjectAltName=IP:127.0.0.1,DNS:secure.test' -CA ca.pem -CAkey ca.key -CAcreateserial
cert alice alice 'extendedKeyUsage=clientAuth' -CA ca.pem -CAkey ca.key -CAcreateserial

modules='mpm_event authn_core authz_core authz_host authz_user authn_file auth_basic auth_digest mime dir alias headers deflate brotli filter
cgid ssl socache_shmcb rewrite proxy proxy_http proxy_connect'
config() { # BASE: four ports from there on
    echo "ServerRoot $here
DefaultRuntimeDir $here/run
PidFile $here/run/pid
Mutex posixsem
ErrorLog $here/error.log
LogLevel warn
ServerName localhost
Timeout 20
KeepAliveTimeout 20
StartServers 1
ServerLimit 2
TypesConfig /dev/null"
    for m in $modules; do echo "LoadModule ${m}_module /usr/lib/apache2/modules/mod_$m.so"; done
    for p in 0 1 2 3; do echo "Listen 127.0.0.1:$(($1 + p))"; done
    echo "ScriptSock $here/run/s
DocumentRoot $here/www
AddType application/json .json
AddType text/plain .txt
<Directory />
Require all granted
</Directory>
ScriptAlias /cgi/ $here/cgi/
Redirect 301 /old /plain.txt
Redirect 307 /moved /cgi/echo
RewriteEngine on
<Location /packed>
SetOutputFilter DEFLATE
</Location>
Alias /packed $here/www
<Location /brotli>
SetOutputFilter BROTLI_COMPRESS
</Location>
Alias /brotli $here/www
<Location /basic>
AuthType Basic
AuthName area
AuthUserFile $here/passwords
Require valid-user
</Location>
ScriptAlias /basic/ $here/cgi/
<Location /digest>
AuthType Digest
AuthName area
AuthUserFile $here/digests
AuthDigestAlgorithm MD5
Require valid-user
</Location>
ScriptAlias /digest/ $here/cgi/
SSLSessionCache shmcb:$here/run/cache(64000)"
    for p in 1 2; do
        echo "<VirtualHost 127.0.0.1:$(($1 + p))>
DocumentRoot $here/www
SSLEngine on
SSLCertificateFile $here/server.pem
SSLCertificateKeyFile $here/server.key"
        [ $p = 1 ] || echo "SSLCACertificateFile $here/ca.pem
SSLVerifyClient require
Header set X-Client %{SSL_CLIENT_S_DN_CN}s"
        echo "</VirtualHost>"
    done
    echo "<VirtualHost 127.0.0.1:$(($1 + 3))>
ProxyRequests on
ProxyVia on
AllowCONNECT $(($1 + 1))
</VirtualHost>"
}

server=
trap 'kill $server 2>/dev/null; wait' EXIT
try() { # BASE
    config "$1" >httpd.conf
    : >error.log
    "$apache" -f "$here/httpd.conf" -DFOREGROUND >start.log 2>&1 &
    server=$!
    n=0
    until [ -s run/pid ] && is_up "$1"; do
        n=$((n + 1))
        kill -0 $server 2>/dev/null && [ $n -lt 100 ] || return 1
        sleep 0.1
    done
}
is_up() {
    curl -fs -o /dev/null "http://127.0.0.1:$1/plain.txt"
}
base=
for attempt in 1 2 3 4 5; do
    port=$((20000 + ($$ * 7 + attempt * 1013) % 20000))
    if try $port; then
        base=$port
        break
    fi
    kill $server 2>/dev/null
    wait $server
done
[ -n "$base" ] || { echo "Apache did not start"; cat start.log error.log; exit 1; }

cat >script.js <<'JS'
import http from 'k6/http';
import { check } from 'k6';
const base = Number(__ENV.BASE);
const T = `http://127.0.0.1:${base}`, S = `https://127.0.0.1:${base + 1}`, M = `https://127.0.0.1:${base + 2}`;
const alice = { cert: open('./alice.pem'), key: open('./alice.key') };
export const options = {
  vus: 2, iterations: 4, hosts: { 'secure.test': '127.0.0.1' },
  thresholds: { checks: ['rate==1'], http_req_failed: ['rate<0.2'] },
};
const ok = (name, got, want) => check(null, { [name]: () => {
  const is = JSON.stringify(got) === JSON.stringify(want);
  if (!is) console.error(`${name}: got ${JSON.stringify(got)}, wanted ${JSON.stringify(want)}`);
  return is;
} });

function common(U, proto, params = {}) {
  const get = (path, p) => http.get(U + path, { ...params, ...p });
  ok('plain', [get('/plain.txt').body, get('/plain.txt').proto], ['plain text of the server\n', proto]);
  ok('json', get('/data.json').json('a.#'), 3);
  ok('big', [get('/big.txt').body.length, get('/big.txt', { responseType: 'binary' }).body.byteLength, get('/big.txt', { responseType: 'none' }).body], [300000, 300000, null]);
  for (const [path, encoding] of [['/packed', 'gzip'], ['/brotli', 'br']]) {
    const r = get(`${path}/big.txt`, { headers: { 'Accept-Encoding': encoding } });
    ok(path, [r.headers['Content-Encoding'], r.body.length], [encoding, 300000]);
  }
  const r = get('/cgi/echo?a=b%20c');
  ok('cgi', [r.json('query'), r.headers['X-Twice'], r.cookies.seen[0].value, r.status], ['a=b%20c', 'a, b', 'yes', 200]);
  ok('cookie', get('/cgi/echo').json('cookie'), 'seen=yes');
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY']) {
    const e = http.request(method, `${U}/cgi/echo`, 'x'.repeat(70000), params);
    ok(method, [e.json('method'), e.json('body')], [method, 70000]);
  }
  ok('empty body', http.post(`${U}/cgi/echo`, '', params).json('body'), 0);
  ok('no body', http.post(`${U}/cgi/echo`, null, params).json('length'), '0');
  ok('packed body', http.post(`${U}/cgi/echo`, 'x'.repeat(1000), { ...params, compression: 'gzip' }).json('body') < 200, true);
  ok('head', [http.head(`${U}/big.txt`, params).headers['Content-Length'], http.head(`${U}/big.txt`, params).body], ['300000', '']);
  ok('304', [get('/cgi/echo?304').status, get('/cgi/echo?304').body], [304, null]);
  ok('ranges', [get('/big.txt', { headers: { Range: 'bytes=5-9' } }).body, get('/big.txt', { headers: { Range: 'bytes=5-9' } }).status], ['xxxxx', 206]);
  ok('301', [get('/old').body, get('/old').url], ['plain text of the server\n', `${U}/plain.txt`]);
  ok('307', (({ method, body }) => [method, body])(http.post(`${U}/moved`, 'abc', params).json()), ['POST', 3]);
  ok('404', [get('/none').status, get('/none').error_code], [404, 1404]);
  ok('long url', get(`/cgi/echo?${'q'.repeat(7000)}`).json('query').length, 7000);
  ok('too long', get(`/plain.txt?${'q'.repeat(9000)}`).status, 414);
  ok('pipelined', http.batch(Array(20).fill(['GET', `${U}/plain.txt`, null, params])).every((x) => x.status === 200), true);
  const who = U.replace('//', '//ann:secret@');
  ok('basic', [http.get(`${who}/basic/echo`, params).json('user'), get('/basic/echo').status], ['ann', 401]);
  ok('digest', [http.get(`${who}/digest/echo`, { ...params, auth: 'digest' }).json('user'), http.post(`${who}/digest/echo?x=1`, 'abc', { ...params, auth: 'digest' }).json('body')], ['ann', 3]);
  ok('kept', [get('/plain.txt').timings.connecting, get('/plain.txt').timings.tls_handshaking], [0, 0]);
}

export default function () {
  common(T, 'HTTP/1.1');
  common(S, 'HTTP/1.1');
  ok('tls', (({ tls_version, tls_cipher_suite }) => [tls_version, tls_cipher_suite.startsWith('TLS_')])(http.get(`${S}/plain.txt`)), ['tls1.3', true]);
  ok('name', http.get(`https://secure.test:${base + 1}/plain.txt`).status, 200);
  ok('wrong name', http.get(`https://localhost:${base + 1}/plain.txt`).error_code, 1311);
  ok('no certificate', http.get(`${M}/plain.txt`).error, 'remote error: tls: certificate required');
  ok('certificate', http.get(`${M}/plain.txt`, { tlsAuth: alice }).headers['X-Client'], 'alice');
  const proxy = `http://127.0.0.1:${base + 3}`;
  ok('proxy', [http.get(`${T}/plain.txt`, { proxy }).headers.Via !== undefined, http.get(`${T}/none`, { proxy }).status], [true, 404]);
  ok('tunnel', [http.get(`${S}/plain.txt`, { proxy }).status, http.get(`${S}/plain.txt`, { proxy }).timings.tls_handshaking], [200, 0]);
  ok('no tunnel', http.get(`${M}/plain.txt`, { proxy }).error_code, 1000);
}
JS
expect 0 env SSL_CERT_FILE="$here/ca.pem" NO_PROXY='*' "$C6" run --no-color -e BASE=$base script.js
hasnt err 'level=error'
kill $server
wait $server 2>/dev/null || true
