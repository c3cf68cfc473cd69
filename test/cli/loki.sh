# The log sent to Loki: nginx takes it and writes down what came; faults are told on standard error.
PATH=$PATH:/usr/sbin
command -v nginx >/dev/null || { echo "no nginx"; exit 77; }
cat >script.js <<'JS'
import secrets from 'k6/secrets';
export default async function () {
  console.log('hello "loki"');
  console.warn('careful');
  console.debug('not shown');
  if (__ENV.SECRET) console.log(`it is ${await secrets.get('a')}`);
}
JS
cat >many.js <<'JS'
export default function () { for (let i = 0; i < 20; i++) console.log(`line ${i}`); }
JS
echo "export const options = { thresholds: { iterations: ['count>9'] } }; export default () => {};" >late.js
cat >nginx.conf <<CONF
daemon off; worker_processes 1; pid $PWD/nginx.pid; error_log $PWD/error.log;
events { }
http {
    log_format body escape=none '\$request_method \$uri \$content_type \$http_x_scope \$request_body';
    access_log $PWD/posted body;
    client_body_temp_path $PWD/body; proxy_temp_path $PWD/proxy; fastcgi_temp_path $PWD/f; uwsgi_temp_path $PWD/u;
    scgi_temp_path $PWD/s;
    client_body_buffer_size 1m;
    server {
        listen unix:$PWD/nginx.sock;
        location / { proxy_pass $TARGET/status/; }
    }
}
CONF
port=0
start() { # on a port that is free
    tries=0
    while [ $tries -lt 20 ]; do
        tries=$((tries + 1))
        port=$((20000 + ($$ * 7 + tries * 131) % 10000))
        sed "s|unix:[^;]*|127.0.0.1:$port|" nginx.conf >nginx.$tries.conf
        nginx -p "$PWD" -c "$PWD/nginx.$tries.conf" 2>/dev/null &
        nginx=$!
        n=0
        while [ $n -lt 50 ] && kill -0 $nginx 2>/dev/null; do
            [ -s nginx.pid ] && return 0
            n=$((n + 1))
            sleep 0.1
        done
        wait $nginx
    done
    echo "nginx did not start"
    exit 1
}
start
trap 'kill $nginx 2>/dev/null; wait $nginx' EXIT

loki=loki=http://127.0.0.1:$port
expect 0 "$C6" run -q --log-output="$loki/204,label.team=blue,header.X-Scope=tenant" script.js
hasnt err .
has posted '^POST /204 application/json tenant \{"streams":\[.*\]\}$'
has posted '\{"stream":\{"level":"info","source":"console","team":"blue"\},"values":\[\["[0-9]{19}","hello \\"loki\\""\]\]\}'
has posted '\{"stream":\{"level":"warning","source":"console","team":"blue"\},"values":\[\["[0-9]{19}","careful"\]\]\}'
hasnt posted 'not shown'

# Only some levels, only some labels; more lines than a period may have.
: >posted
expect 0 "$C6" run -q --log-output="$loki/204,level=warn,allowedLabels=[level]" script.js
has posted '\{"streams":\[\{"stream":\{"level":"warning"\},"values":\[\["[0-9]+","careful source=console"\]\]\}\]\}'
hasnt posted 'hello'
: >posted
expect 0 "$C6" run -q --log-output="$loki/204,limit=5,pushPeriod=60s" many.js
has posted '"line 4"\]'
hasnt posted '"line 5"'
has posted 'c6 dropped 15 log messages: they were above the limit of 5 messages a 1m0s'

# What must not be seen is not sent; what ends the run is told to the terminal as well.
: >posted
expect 0 "$C6" run -q --secret-source=mock=a=verysecret -e SECRET=1 --log-output="$loki/204" script.js
has posted 'it is \*\*\*SECRET_REDACTED\*\*\*'
hasnt posted 'verysecret'
: >posted
echo 'throw new Error("of no use")' >bad.js
expect 107 "$C6" run -q --log-output="$loki/204" bad.js
has err 'level=error msg="Error: of no use'
has posted '"level":"error".*Error: of no use'
: >posted
expect 99 "$C6" run -q --log-output="$loki/204" late.js
has err 'level=error msg="thresholds on metrics .iterations. have been crossed"'
has posted '"level":"error".*have been crossed'

# A server that does not take it, or is not there: the test goes on.
expect 0 "$C6" run -q --log-output="$loki/500" script.js
has err 'level=error msg="Error while sending logs to loki" error="got 500 from loki'
expect 0 "$C6" run -q --log-output="loki=$TARGET/faults/hang,pushPeriod=200ms" script.js
has err 'level=error msg="Error while sending logs to loki" error="Post .*timeout'
expect 0 "$C6" run -q --log-output=loki=http://127.0.0.1:1/,limit=3,profile=true script.js
has err 'level=error msg="Error while sending logs to loki" error="Post .*connection refused'
has err 'level=info msg="loki: marshalling=.* sending=.* count=2 final_size='
for bad in 'loki=http://[::1/' 'loki=x,limit=0' 'loki=http://127.0.0.1:1/,level=none'; do
    expect 255 "$C6" run -q --log-output="$bad" script.js
    has err 'level=error'
done
expect 0 "$C6" inspect --log-output="$loki/204" script.js
