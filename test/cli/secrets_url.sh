# Secrets that a server has: fetched once, hidden in all logs, faults told to the script.
cat >script.js <<'JS'
import secrets from 'k6/secrets';
const early = __ENV.EARLY ? await secrets.get('first') : '';
const backwards = (s) => s.split('').reverse().join('');
const told = async (p) => { try { return `got ${backwards(await p)}`; } catch (e) { return `threw ${e}`; } };
export const options = { vus: 3, iterations: 6 };
export default async function () {
  console.log(await told(secrets.get(__ENV.KEY || 'first')));
  if (early) console.log(`early ${backwards(early)}`);
  const both = await Promise.all([told(secrets.get('second')), told(secrets.get('third'))]);
  console.log(both.join());
  try { console.log(`plain ${await secrets.get('first')}`); } catch (e) { console.log('none'); }
}
export function teardown() { secrets.get('late').catch(() => {}); }
JS
export K6_SECRET_SOURCE_URL_REQUESTS_BURST=1000
run() { # CODE SOURCE ARGS...
    code=$1 source=$2
    shift 2
    expect "$code" "$C6" run --quiet --secret-source="$source" "$@" script.js
}

run 0 "url=urlTemplate=$TARGET/echo?x={key},responsePath=args.x" -e EARLY=1
has err 'msg="got tsrif"'
has err 'msg="early tsrif"'
has err 'msg="got dnoces,got driht"'
has err 'plain \*\*\*SECRET_REDACTED\*\*\*'
hasnt err 'first|second|third'

# The file, the environment, headers, another method.
cat >config.json <<JSON
{ "urlTemplate": "$TARGET/echo", "method": "POST", "headers": { "X-Token": "abc-xyz" }, "responsePath": "headers.X-Token", "maxRetries": 0 }
JSON
run 255 "url=config=config.json"
has err 'urlTemplate must contain \{key\} placeholder'
run 0 "url=config=config.json,urlTemplate=$TARGET/echo?{key}"
has err 'msg="got zyx-cba"'
K6_SECRET_SOURCE_URL_RESPONSE_PATH=method K6_SECRET_SOURCE_URL_METHOD=PUT run 0 "url=urlTemplate=$TARGET/echo?{key}"
has err 'msg="got TUP"'

# What goes wrong is the script's to see.
run 0 "url=urlTemplate=$TARGET/status/404?{key}"
has err 'msg="threw status code 404: failed to get secret"'
run 0 "url=urlTemplate=$TARGET/status/503?{key},maxRetries=1,retryBackoff=1ms" --vus 1 --iterations 1
has err 'msg="threw status code 503: failed to get secret"'
run 0 "url=urlTemplate=$TARGET/json?{key},responsePath=items"
has err 'threw failed to extract secret: secret value at path ..items.. is not a string \(got JSON\)'
run 0 "url=urlTemplate=$TARGET/faults/reset?{key},maxRetries=0"
has err 'threw failed to get secret: Get'
run 0 "url=urlTemplate=$TARGET/faults/hang?{key},maxRetries=0,timeout=50ms"
has err 'threw failed to get secret: Get .*timeout'

# A VU that is cut while it waits leaves nothing behind.
cat >cut.js <<'JS'
import secrets from 'k6/secrets';
export const options = { scenarios: { a: { executor: 'constant-vus', vus: 3, duration: '1s', gracefulStop: '0s' } } };
export default async function () { await secrets.get('x'); }
JS
expect 0 "$C6" run --quiet --secret-source="url=urlTemplate=$TARGET/faults/hang?{key}" cut.js

# One a second, one at once: three take two seconds at least.
cat >pace.js <<'JS'
import secrets from 'k6/secrets';
export default async function () {
  const begin = Date.now();
  await Promise.all(['a', 'b', 'c'].map((k) => secrets.get(k)));
  if (Date.now() - begin < 1990) throw new Error(`took ${Date.now() - begin} ms`);
}
JS
expect 0 "$C6" run --quiet --secret-source="url=urlTemplate=$TARGET/text?{key},requestsPerMinuteLimit=60,requestsBurst=1" pace.js
hasnt err 'took'

run 255 "url=urlTemplate=$TARGET/{key},nothing=1"
has err 'missing or invalid config: unknown configuration key: ..nothing..'
