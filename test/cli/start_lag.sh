# iteration_start_lag: measured for arrival rates, seen only when asked for.
cat >script.js <<'JS'
export const options = {
  scenarios: { a: { executor: 'constant-arrival-rate', rate: 20, duration: '1040ms', preAllocatedVUs: 2 } },
  thresholds: __ENV.T ? JSON.parse(__ENV.T) : {},
};
export default function () {}
export function handleSummary(data) {
  return { 'names.txt': Object.keys(data.metrics).join('\n'), 'data.json': JSON.stringify(data.metrics.iteration_start_lag || null) };
}
JS
expect 0 "$C6" run --quiet --out json=p.json --summary-export=s.json script.js
hasnt p.json iteration_start_lag
hasnt s.json iteration_start_lag
hasnt names.txt iteration_start_lag
has names.txt '^iteration_duration$'

expect 0 "$C6" run --quiet --iteration-start-lag --out json=p.json --summary-export=s.json script.js
[ "$(grep -c '"metric":"iteration_start_lag","type":"Point"' p.json)" = 21 ] || { echo "not one point for each of 21 starts"; exit 1; }
has p.json '"type":"trend","contains":"time".*"metric":"iteration_start_lag"'
has p.json '"metric":"iteration_start_lag","type":"Point".*"scenario":"a"'
has s.json '"iteration_start_lag"'
has data.json '"type":"trend"'

expect 0 env C6_ITERATION_START_LAG=true "$C6" run --quiet --out csv=p.csv script.js
has p.csv '^iteration_start_lag,'

# A threshold brings it in, also one of a submetric or an empty list.
expect 0 "$C6" run --quiet --out json=p.json -e 'T={"iteration_start_lag":["p(95)<60000"]}' script.js
has p.json '"metric":"iteration_start_lag","type":"Point"'
expect 99 "$C6" run --quiet -e 'T={"iteration_start_lag{scenario:a}":["max<0"]}' script.js
has names.txt '^iteration_start_lag\{scenario:a\}$'
has err 'thresholds on metrics .iteration_start_lag\{scenario:a\}. have been crossed'
expect 0 "$C6" run --quiet -e 'T={"iteration_start_lag":[]}' script.js
has names.txt '^iteration_start_lag$'

# The full summary has it; closed models have no schedule to be late for.
sed -e '/handleSummary/,$d' script.js >plain.js
expect 0 "$C6" run --quiet --summary-mode=full plain.js
has out 'iteration_start_lag\.+: avg='
expect 0 "$C6" run --quiet --summary-mode=full --iteration-start-lag --vus 2 --iterations 4 plain.js
hasnt out iteration_start_lag

# The script's own metric of that name stays its own.
cat >own.js <<'JS'
import { Counter } from 'k6/metrics';
const mine = new Counter('iteration_start_lag');
export const options = { scenarios: { a: { executor: 'constant-arrival-rate', rate: 20, duration: '1040ms', preAllocatedVUs: 2 } } };
export default function () { mine.add(1); }
JS
expect 0 "$C6" run --quiet own.js
has out 'iteration_start_lag\.+: 21 '
