# Options from the config file, the script, the environment and flags: the later wins; what each may say.
cat >script.js <<'JS'
import exec from 'k6/execution';
export const options = { userAgent: 'script', tags: { s: '1' }, batch: 3 };
export default function () {
  const o = exec.test.options;
  console.log(`${o.userAgent} ${JSON.stringify(o.tags)} ${o.batch} ${o.rps} ${__ENV.K6_FEATURES}`);
}
JS
echo '{"userAgent": "config", "batch": 1, "rps": 7, "tags": {"c": "1"}, "out": ["json=config.json"], "nothing": 1}' >c.json
run() { expect 0 env "$@"; }
run "$C6" run -q --log-format=raw -c c.json script.js
has err '^script \{"s":"1"\} 3 7 undefined$'
[ -s config.json ] || { echo "the config file's output was not written"; exit 1; }
rm config.json
run K6_USER_AGENT=env K6_TAGS=e:1 K6_OUT=json=env.json "$C6" run -q --log-format=raw -c c.json script.js
has err '^env \{"e":"1"\} 3 7 undefined$'
[ ! -e config.json ] && [ -s env.json ] || { echo "the environment's output does not win"; exit 1; }
run K6_USER_AGENT=env K6_TAGS= "$C6" run -q --log-format=raw --user-agent flag --out json=flag.json script.js
has err '^flag \{"s":"1"\} 3 null undefined$'
# Empty lists are lists, and an empty time of DNS is none.
run K6_SUMMARY_TREND_STATS= "$C6" run -q script.js
has out 'iteration_duration\.+: *$'
expect 104 env K6_DNS= "$C6" run -q script.js
expect 255 env K6_DNS=ttl=soon "$C6" run -q script.js
for bad in K6_VUS=x K6_NO_SETUP=1 K6_TAGS=a:b:c K6_STAGES=x K6_LINGER=1 K6_LOCAL_IPS=x K6_BLACKLIST_IPS=x; do
    expect 104 env $bad "$C6" run -q script.js
done
for bad in K6_NO_THRESHOLDS=x K6_SUMMARY_MODE=x K6_LOG_OUTPUT= K6_COMPATIBILITY_MODE=x K6_TRACES_OUTPUT=x; do
    expect 255 env $bad "$C6" run -q script.js
done
# Config files that are none. A missing script is told first.
echo '{' >broken.json
mkdir folder
for bad in none.json broken.json folder /dev/zero ''; do
    expect 104 "$C6" run -q -c "$bad" script.js
    has err 'failed to load the configuration file'
done
expect 255 "$C6" run -q -c broken.json none.js
mkdir -p home/.config/k6
echo '{"rps": 9}' >home/.config/k6/config.json
run HOME="$PWD/home" XDG_CONFIG_HOME= "$C6" run -q --log-format=raw script.js
has err ' 9 undefined$'
# Keys of TLS: the file is there at once, and the user is told.
run SSLKEYLOGFILE=keys.log "$C6" run -q --log-format=raw script.js
has err "SSLKEYLOGFILE is set"
[ -e keys.log ] || { echo "no file for keys"; exit 1; }
expect 255 env SSLKEYLOGFILE=/nonexistent/keys "$C6" run -q script.js
# Features: the flag, else the environment, else the config file.
cat >freeze.js <<'JS'
export default function () {
  try { __ENV.A = '2'; } catch (e) { console.log(e.name); }
  console.log(__ENV.A, __ENV.K6_FEATURES);
}
JS
run "$C6" run -q --log-format=raw -e A=1 --features freeze-env freeze.js
has err '^TypeError$'
has err '^1 freeze-env$'
run K6_FEATURES=nothing "$C6" run -q --log-format=raw -e A=1 freeze.js
has err '^Unknown feature flag$'
has err '^2 undefined$'
echo '{"tags": {"c": "1", "s": "config"}, "features": ["merge-run-tags"]}' >merge.json
run "$C6" run -q --log-format=raw -c merge.json --tag f=1 script.js
has err '\{"c":"1","f":"1","k6_feature_merge_run_tags":"true","s":"1"\}'
# A config file's settings of an output.
echo '{"out": ["csv"], "collectors": {"csv": {"file_name": "own.csv", "time_format": "unix_nano"}}}' >csv.json
run "$C6" run -q -c csv.json script.js
has own.csv '^iterations,[0-9]{19},'
# Wrong options are told before the lack of functions.
echo 'export const options = { tlsVersion: "ssl3.0" };' >nothing.js
expect 104 "$C6" run -q nothing.js
has err 'ssl3.0'
echo 'export const options = { lingering: true };' >nothing.js
expect 255 "$C6" run -q nothing.js
has err 'lingering'
has err 'no exported functions'
