# The command target: where it listens, how it ends, what it refuses.
start() { # ARGS...
    : >started
    "$C6" target --listen 127.0.0.1:0 "$@" >started 2>&1 &
    pid=$!
    n=0
    until url=$(grep -oE 'https?://[0-9.]+:[0-9]+' started); do
        n=$((n + 1))
        [ $n -lt 200 ] || { echo "it did not start"; cat started; exit 1; }
        sleep 0.05
    done
}
for signal in INT TERM; do
    start --workers 2
    kill -$signal $pid
    wait $pid
    code=$?
    [ $code = 0 ] || { echo "exit code $code after SIG$signal"; exit 1; }
done

cat >script.js <<'JS'
import http from 'k6/http';
export const options = { insecureSkipTLSVerify: __ENV.SKIP === 'yes' };
export default function () {
  const res = http.get(`${__ENV.URL}/echo`);
  console.log(`${res.status} ${res.error_code} ${res.status && res.json('tls')} ${res.proto}`);
}
JS
start --tls --http1
expect 0 "$C6" run --quiet -e URL="$url" -e SKIP=yes script.js
has err '200 0 true HTTP/1.1'
kill $pid
wait $pid
start --tls
expect 0 "$C6" run --quiet -e URL="$url" -e SKIP=yes script.js
has err '200 0 true HTTP/2.0'
expect 0 "$C6" run --quiet -e URL="$url" script.js
has err '0 1310 '
# HTTP/2 from the first byte, over TLS and without.
cat >prior.js <<'JS'
import http from 'k6/http';
export const options = { insecureSkipTLSVerify: true };
export default function () {
  const res = http.get(`${__ENV.URL}/echo`, { http2: 'prior-knowledge' });
  console.log(`${res.status} ${res.error_code} ${res.status && res.json('version')}`);
}
JS
expect 0 "$C6" run --quiet -e URL="$url" prior.js
has err '200 0 HTTP/2.0'
# The port is taken.
expect 255 "$C6" target --listen "${url#https://}"
has err 'cannot listen on 127\.0\.0\.1:[0-9]+: Address already in use'
kill $pid
wait $pid

start
expect 0 "$C6" run --quiet -e URL="$url" prior.js
has err '200 0 HTTP/2.0'
expect 0 "$C6" run --quiet -e URL="$url" script.js
has err '200 0 false HTTP/1.1'
kill $pid
wait $pid
start --http1
expect 0 "$C6" run --quiet -e URL="$url" prior.js
has err '0 1000 0'
kill $pid
wait $pid

expect 255 "$C6" target --lisen 127.0.0.1:0
has err 'unknown flag: --lisen'
has err 'did you mean --listen\?'
expect 255 "$C6" target --listen nowhere
has err 'cannot listen on "nowhere"'
expect 255 "$C6" target --cert /nonexistent.pem --listen 127.0.0.1:0
has err 'cannot use the certificate /nonexistent.pem: No such file or directory'
expect 0 "$C6" target --help
has out '127\.0\.0\.1:8080'
has out '--http1 +HTTP/1.1 alone, no HTTP/2'
