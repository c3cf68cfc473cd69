# Large bodies go from the script's memory to the socket: sending 64 MiB takes no second 64 MiB.
ldd "$C6" 2>/dev/null | grep -qE "lib[at]san" && { echo "a sanitizer keeps what is freed"; exit 77; }
head -c 67108864 /dev/zero >big.bin
cat >script.js <<'JS'
import http from 'k6/http';
const size = 64 << 20;
const bodies = {
  text: () => 'x'.repeat(size),
  bytes: () => new Uint8Array(size).fill(65),
  file: () => open('./big.bin', 'b'),
};
const body = bodies[__ENV.KIND]();
export default function () {
  const touched = typeof body === 'string' ? body.length : new Uint8Array(body.buffer || body).reduce((a, b) => a + b, 0);
  for (let i = 0; i < 3 && __ENV.SEND; i++) {
    const r = http.post(`${__ENV.URL}/text`, body);
    if (r.status !== 200) throw new Error(`${r.status} ${r.error}`);
  }
  console.log(touched);
}
JS
peak() { # KIND SEND: the most memory that the process had, in KiB
    "$C6" run --quiet -e URL="$TARGET" -e KIND="$1" -e SEND="$2" script.js >out 2>err &
    pid=$!
    kib=0
    while read_kib=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' /proc/$pid/status 2>/dev/null) && [ -n "$read_kib" ]; do
        kib=$read_kib
        sleep 0.01
    done
    wait $pid || { cat err >&2; exit 1; }
    echo "$kib"
}
for kind in text bytes file; do
    idle=$(peak $kind '')
    busy=$(peak $kind yes)
    [ "$busy" -lt $((idle + 32768)) ] || { echo "$kind: $busy KiB while sending, $idle KiB without"; exit 1; }
done
