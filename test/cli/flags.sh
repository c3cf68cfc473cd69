# Command lines as k6 reads them: flags anywhere, k6's spellings of values, mistakes and when they are told.
cat >script.js <<'JS'
import exec from 'k6/execution';
console.log('init');
export const options = { tags: { s: '1' } };
export default function () {
  const o = exec.test.options;
  console.log(`vus=${exec.instance.vusInitialized} batch=${o.batch} tags=${JSON.stringify(o.tags)} stats=${o.summaryTrendStats} throw=${o.throw} env=${__ENV.A}`);
}
JS
# Before the command, behind the script, in one word, repeated.
expect 0 "$C6" -q --log-format raw run script.js
has err '^vus=1 '
expect 0 "$C6" --log-format=raw run -qu2 -i 2 script.js --batch=0x10
has err '^vus=2 batch=16 '
expect 0 "$C6" -u 2 --tag a=b run -q --log-format=raw script.js --tag c=d=e -e A=x=y
has err '^vus=2 .*tags=\{"a":"b","c":"d=e"\} .*env=x=y$'
expect 0 "$C6" run -q --log-format=raw --throw=f --summary-trend-stats 'avg,"p(90)"' --summary-trend-stats max -- script.js
has err 'stats=avg,p\(90\),max throw=false'
expect 255 "$C6" run -q script.js -- -i
expect 255 "$C6" --log-format=raw --paused run script.js
has err 'unknown command "script.js"'
# A value of the wrong type ends it at once, other mistakes are told after the init code ran.
expect 255 "$C6" run -q --log-format=raw --vus=x script.js
hasnt err '^init$'
expect 255 "$C6" run -q --log-format=raw --tag a script.js
has err '^init$'
has err "invalid tag, empty value"
for bad in '--vus=' '--vus=1.5' '--throw=x' '--duration=5' '--nosuch' '---x' '--stage=1s:x' '--execution-segment=2' \
    '--dns=x' '--blacklist-ip=x' '--summary-trend-stats=x' '--summary-time-unit=h' '--local-ips=x' '--system-tag=x'; do
    expect 255 "$C6" run -q "$bad" script.js
    has err 'level=error'
done
# Nothing at all, help, versions.
expect 0 "$C6"
has out 'Commands:'
expect 0 "$C6" --version
expect 255 "$C6" --nosuch
expect 0 "$C6" run --help
has out '--new-machine-readable-summary'
hasnt err .
for name in cloud x stats; do
    expect 255 "$C6" --log-format=json $name
    has err '"hint":".*(there yet|no cloud)'
    has err "unknown command.*$name"
done
expect 0 "$C6" features
has out '^freeze-env '
expect 0 "$C6" features --json
has out '"feature": "merge-run-tags"'
