# HTTP/2 against servers of others: nginx and haproxy, and h2o and apache2 where they are installed.
PATH=$PATH:/usr/sbin:/sbin
command -v nginx >/dev/null && command -v haproxy >/dev/null || { echo "nginx or haproxy is not installed"; exit 77; }
servers=
trap 'for p in $servers; do kill $p 2>/dev/null; done; wait 2>/dev/null' EXIT
trap 'exit 130' INT TERM

free_port() { # one that nobody listens on: a target had it
    : >free
    "$C6" target --listen 127.0.0.1:0 >free 2>&1 &
    pid=$!
    n=0
    until port=$(sed -n 's/.*:\([0-9]*\)$/\1/p' free) && [ -n "$port" ]; do
        n=$((n + 1))
        [ $n -lt 200 ] || { echo "no free port"; exit 1; }
        sleep 0.05
    done
    kill $pid
    wait $pid
}
start() { # NAME PORT COMMAND...: waits until the port answers
    name=$1 on=$2
    shift 2
    "$@" >"$name.log" 2>&1 &
    servers="$servers $!"
    n=0
    until curl -sk -o /dev/null "https://127.0.0.1:$on/text"; do
        n=$((n + 1))
        [ $n -lt 200 ] || { echo "$name did not start"; cat "$name.log"; exit 1; }
        sleep 0.05
    done
}
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 \
    -keyout key.pem -out cert.pem 2>/dev/null || exit 1
cat cert.pem key.pem >both.pem
mkdir www tmp
printf 'Hello.\n' >www/text
head -c 3000000 /dev/zero >www/large
here=$(pwd)

cat >script.js <<'JS'
import http from 'k6/http';
export const options = { insecureSkipTLSVerify: true };
const U = __ENV.URL;
const params = __ENV.PRIOR ? { http2: 'prior-knowledge' } : {};
const must = (what, got, want) => { if (JSON.stringify(got) !== JSON.stringify(want)) throw new Error(`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(want)}`); };
export default function () {
  const first = http.get(`${U}/text`, params);
  must('first', [first.status, first.proto, first.body], [200, 'HTTP/2.0', __ENV.TEXT]);
  must('head', [http.request('HEAD', `${U}/text`, null, params).body, http.get(`${U}/nope`, params).status], ['', 404]);
  // More than the server takes on one connection: what it refuses with GOAWAY is sent again.
  for (let i = 0; i < 4; i++) must('batch', http.batch(Array(20).fill(['GET', `${U}/text`, null, params])).map((r) => r.status + r.proto), Array(20).fill('200HTTP/2.0'));
  const large = http.get(`${U}/${__ENV.LARGE}`, { ...params, responseType: 'binary' });
  must('large', [large.status, large.body.byteLength], [200, 3000000]);
  const body = 'x'.repeat(2000000);
  must('posts', http.batch([1, 2, 3].map(() => ['POST', `${U}/${__ENV.POST}`, body, params])).map((r) => r.status), [200, 200, 200]);
  if (__ENV.POST === 'echo') must('echo', http.post(`${U}/echo`, body).json('body_len'), body.length);
  const late = http.get(`${U}/delay/5000`, { ...params, timeout: '50ms' });
  must('late', [late.status, late.error_code], __ENV.POST === 'echo' ? [0, 1050] : [404, 1404]);
  must('after', http.get(`${U}/text`, params).status, 200);
  console.log('all as it should be');
}
JS
run() { # URL LARGE POST TEXT [ENV...]
    url=$1 large=$2 post=$3 text=$4
    shift 4
    expect 0 "$C6" run --quiet --no-color -e URL="$url" -e LARGE="$large" -e POST="$post" -e TEXT="$text" "$@" script.js
    has err 'all as it should be'
}

free_port; tls=$port
free_port; plain=$port
root=$([ "$(id -u)" != 0 ] || echo root) # else the servers could not read this folder
cat >nginx.conf <<CONF
${root:+user root;} daemon off; worker_processes 1; pid $here/nginx.pid; error_log $here/nginx.error crit; events {}
http {
    access_log off; keepalive_requests 30; client_max_body_size 8m;
    client_body_temp_path $here/tmp; proxy_temp_path $here/tmp; fastcgi_temp_path $here/tmp; uwsgi_temp_path $here/tmp; scgi_temp_path $here/tmp;
    server {
        listen 127.0.0.1:$tls ssl http2; listen 127.0.0.1:$plain http2;
        ssl_certificate $here/cert.pem; ssl_certificate_key $here/key.pem; root $here/www;
        location = /post { proxy_pass $TARGET/text; }
    }
}
CONF
start nginx "$tls" nginx -c "$here/nginx.conf" -e "$here/nginx.error"
hello='Hello.
'
run "https://127.0.0.1:$tls" large post "$hello"
run "http://127.0.0.1:$plain" large post "$hello" -e PRIOR=yes

free_port
cat >haproxy.cfg <<CONF
global
    stats timeout 2s
defaults
    mode http
    timeout connect 5s
    timeout client 30s
    timeout server 30s
frontend f
    bind 127.0.0.1:$port ssl crt $here/both.pem alpn h2,http/1.1
    default_backend b
backend b
    server s ${TARGET#http://}
CONF
start haproxy "$port" haproxy -db -f "$here/haproxy.cfg"
of_target='Hello from c6.
'
run "https://127.0.0.1:$port" bytes/3000000 echo "$of_target"

if command -v h2o >/dev/null; then
    free_port
    cat >h2o.conf <<CONF
listen: { host: 127.0.0.1, port: $port, ssl: { certificate-file: $here/cert.pem, key-file: $here/key.pem } }
error-log: $here/h2o.error
${root:+user: root}
hosts: { default: { paths: { /: { proxy.reverse.url: "$TARGET/" } } } }
CONF
    start h2o "$port" h2o -c "$here/h2o.conf"
    run "https://127.0.0.1:$port" bytes/3000000 echo "$of_target"
fi
if command -v apache2 >/dev/null; then
    free_port
    modules=/usr/lib/apache2/modules
    cat >apache.conf <<CONF
ServerRoot $here
ServerName localhost
PidFile $here/apache.pid
ErrorLog $here/apache.error
Listen 127.0.0.1:$port
LoadModule mpm_event_module $modules/mod_mpm_event.so
LoadModule authz_core_module $modules/mod_authz_core.so
LoadModule ssl_module $modules/mod_ssl.so
LoadModule http2_module $modules/mod_http2.so
LoadModule proxy_module $modules/mod_proxy.so
LoadModule proxy_http_module $modules/mod_proxy_http.so
Protocols h2 http/1.1
SSLEngine on
SSLCertificateFile $here/cert.pem
SSLCertificateKeyFile $here/key.pem
ProxyPass / $TARGET/
CONF
    start apache2 "$port" apache2 -D FOREGROUND -f "$here/apache.conf"
    run "https://127.0.0.1:$port" bytes/3000000 echo "$of_target"
fi
