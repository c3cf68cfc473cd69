# The end of a run: modes, the export, the newer form of both, what handleSummary gives, a run that measured nothing.
cat >script.js <<'JS'
import { check } from 'k6';
export const options = { thresholds: { iterations: ['count==1'], checks: ['rate>0'] } };
export default function () { check(1, { ok: () => true }); }
JS
expect 0 "$C6" run -q script.js
has out 'THRESHOLDS'
has out '✓ ok'
expect 0 "$C6" run -q --summary-mode=disabled --summary-export=none.json script.js
hasnt out .
[ ! -e none.json ] || { echo "an export in spite of the mode"; exit 1; }
expect 255 "$C6" run -q --summary-mode=legacy script.js
expect 0 env K6_SUMMARY_EXPORT=e.json "$C6" run -q script.js
has e.json '"thresholds": \{'
has e.json '"root_group": \{'
# The newer form, for the file and for handleSummary.
cp script.js handled.js
cat >>handled.js <<'JS'
export function setup() { return { a: 1 }; }
export function handleSummary(d) {
  return { stdout: Object.keys(d).sort().join() + '\n', 'd.json': JSON.stringify(d), 'e.json': 'mine' };
}
JS
expect 0 "$C6" run -q handled.js
has out '^metrics,options,root_group,setup_data,state$'
has d.json '"setup_data":\{"a":1\}'
expect 0 "$C6" run -q --new-machine-readable-summary --summary-export=n.json handled.js
has out '^config,metadata,results,version$'
has d.json '"k6_version":"2\.2\.0"'
has n.json '"generated_at": "2[0-9-]+T[0-9:.]+Z"'
has n.json '"p90": [0-9.]+'
has n.json '"script": "import \{ check \}'
# An export of the name that handleSummary has, too, comes last.
expect 0 "$C6" run -q --summary-export=e.json handled.js
has e.json '"root_group"'
# Also where that is standard output.
expect 0 "$C6" run -q --summary-export=stdout handled.js
hasnt out '^metrics,options'
has out '"root_group"'
expect 0 "$C6" run -q --summary-export=stdout script.js
hasnt out 'TOTAL RESULTS'
has out '"root_group"'
# A handleSummary that leaves nothing to export has nothing written at all.
cat >ruined.js <<'JS'
export default function () {}
export function handleSummary(d) { delete d.root_group; return { stdout: 'never\n' }; }
JS
expect 0 "$C6" run -q --summary-export=ruined.json ruined.js
has err 'level=error'
hasnt out .
[ ! -e ruined.json ] || { echo "an export of what can't be exported"; exit 1; }
expect 0 "$C6" run -q ruined.js
has out '^never$'
expect 0 "$C6" run -q --summary-export=/nonexistent/e.json script.js
has err "could not open '/nonexistent/e.json'"
has out 'TOTAL RESULTS'
# Where nothing was measured there is nothing to show.
echo 'export default function () {}' >plain.js
expect 0 "$C6" run -q --execution-segment=0:1/3 --summary-export=no.json plain.js
has err 'nothing was measured'
hasnt out .
[ ! -e no.json ] || { echo "an export of nothing"; exit 1; }
