# The command inspect: options as one JSON document, on a clean standard output.
cat >s.js <<'JS'
console.log('init runs');
export const options = {
  vus: Number(__ENV.N), duration: '90s', systemTags: ['url', 'status'], setupTimeout: '10s',
  thresholds: { http_req_duration: ['p(95)<500'] },
};
export default function () {}
JS
K6_VUS=9
export K6_VUS
expect 0 "$C6" inspect -e N=7 s.js
has err 'init runs'
has out '"vus": 7,'
has out '"duration": "1m30s",'
has out '"p\(95\)<500"'
has out '"batch": null,'
hasnt out 'error[^_"]'
expect 0 "$C6" inspect --execution-requirements -e N=7 s.js
has out '"maxVUs": 9'
has out '"totalDuration": "2m0s"'
has out '"executor": "constant-vus"'
unset K6_VUS
cat >segments.js <<'JS'
export const options = { scenarios: {
  a: { executor: 'constant-arrival-rate', rate: 10, duration: '20s', preAllocatedVUs: 2, maxVUs: 8, startTime: '1m' },
  b: { executor: 'shared-iterations', vus: 4, iterations: 4, maxDuration: '30s', gracefulStop: '0s' },
}, executionSegment: '0:2/4' };
export default function () {}
JS
expect 0 "$C6" inspect --execution-requirements segments.js
has out '"totalDuration": "1m50s"'
has out '"maxVUs": 4'
# Flags of a run are none of inspect's.
expect 255 "$C6" inspect --vus 3 s.js
has err 'unknown flag: --vus'
echo 'throw new Error("at init");' >throws.js
expect 107 "$C6" inspect throws.js
has err 'Error: at init'
[ ! -s out ] || { echo "something was printed"; exit 1; }
echo 'export default function () { let 5 = 1; }' >syntax.js
expect 107 "$C6" inspect syntax.js
has err "could not load JS test 'file:///.*/syntax\.js': SyntaxError"
hasnt err 'source=stacktrace'
expect 104 "$C6" inspect --execution-requirements segments.js -e X=1 --config nowhere.json
printf 'export const options = { vus: 2, iterations: 1 }; export default function () {}' >few.js
expect 0 "$C6" inspect few.js
expect 104 "$C6" inspect --execution-requirements few.js
# From standard input.
"$C6" inspect -e N=4 - <s.js >out 2>err || exit 1
has out '"vus": 4,'
