# Every executor with several workers, VUs that compute, sleep and throw: to its end, twice over the same VUs, and stopped in the middle
# by a signal and by the script. Worth most with the thread sanitizer.
cat >all.js <<'JS'
import { sleep, check, group } from 'k6';
import exec from 'k6/execution';
import { Trend, Counter } from 'k6/metrics';
const begun = new Counter('begun');
const trend = new Trend('tr');
const E = {
  cv: { executor: 'constant-vus', vus: 9, duration: '1s' },
  rv: { executor: 'ramping-vus', startVUs: 2, stages: [{ duration: '300ms', target: 9 }, { duration: '300ms', target: 1 }, { duration: 0, target: 7 }, { duration: '300ms', target: 3 }], gracefulRampDown: '100ms' },
  pv: { executor: 'per-vu-iterations', vus: 7, iterations: 30, maxDuration: '1s' },
  si: { executor: 'shared-iterations', vus: 7, iterations: 300, maxDuration: '1s' },
  ca: { executor: 'constant-arrival-rate', rate: 400, duration: '1s', preAllocatedVUs: 3, maxVUs: 20 },
  ra: { executor: 'ramping-arrival-rate', startRate: 100, stages: [{ duration: '500ms', target: 700 }, { duration: '500ms', target: 10 }], preAllocatedVUs: 3, maxVUs: 20 },
};
const scenarios = {};
for (const k of __ENV.E.split(',')) {
  scenarios[k] = { ...E[k], gracefulStop: '100ms' };
  if (__ENV.TWICE) scenarios[`${k}2`] = { ...E[k], gracefulStop: '0s', startTime: '1100ms' };
}
export const options = { scenarios, thresholds: { begun: ['count>0'], tr: ['p(95)<1e9'], iteration_start_lag: [] } };
export default function () {
  const n = exec.scenario.iterationInTest;
  if (n === 3) console.log('well under way');
  exec.vu.metrics.tags.n = String(n % 3);
  begun.add(1);
  group(`g${n % 4}`, () => { check(n, { even: n % 2 === 0 }); trend.add(n); });
  if (n % 5 === 0) { const end = Date.now() + 3; while (Date.now() < end); } else if (n % 7 === 0) sleep(0.05); else if (n % 11 === 10) sleep(1000);
  if (exec.instance.vusActive < 1) throw new Error('nobody is active');
  if (n % 50 === 49) throw new Error('now and then');
  if (__ENV.ABORT && n === 20) exec.test.abort('enough');
}
export function handleSummary(data) { return { stdout: `begun ${data.metrics.begun.values.count}\n` }; }
JS
expect 0 "$C6" run --quiet --workers 4 --out json=p.json -e E=cv,rv,pv,si,ca,ra -e TWICE=1 all.js
has out '^begun [0-9]{3}'
hasnt err 'Sanitizer'
[ "$(grep -c '"metric":"begun","type":"Point"' p.json)" = "$(sed -n 's/^begun //p' out)" ] || { echo "points and summary differ"; exit 1; }
for e in cv rv pv si ca ra; do
    : >err
    env --default-signal=INT "$C6" run --quiet --workers 4 -e E=$e all.js >out 2>err </dev/null &
    pid=$!
    n=0
    until grep -q 'well under way' err; do
        n=$((n + 1))
        [ $n -lt 600 ] || { echo "$e never got under way"; kill -9 $pid; exit 1; }
        sleep 0.02
    done
    kill -INT $pid
    wait $pid
    got=$?
    # It may have come to its end just before.
    [ $got = 105 ] || [ $got = 0 ] || { echo "exit code $got after a signal during $e"; cat err; exit 1; }
    hasnt err 'Sanitizer'
done
expect 108 "$C6" run --quiet --workers 4 -e E=cv,ca,si -e ABORT=1 all.js
hasnt err 'Sanitizer'
# Stages that take no time at all end the scenario at once.
cat >none.js <<'JS'
export const options = { scenarios: {
  s: { executor: 'ramping-arrival-rate', startRate: 10, stages: [{ duration: 0, target: 20 }], preAllocatedVUs: 2 },
} };
export default function () {}
JS
expect 0 "$C6" run -q none.js
hasnt err 'Could not get a VU'
hasnt out .
