# The outputs json and csv: files, gzip, standard output, full disks, what can't be opened.
cat >script.js <<'JS'
import http from 'k6/http';
import { Counter } from 'k6/metrics';
const cc = new Counter('cc');
export const options = { iterations: 3, thresholds: { cc: ['count==3'], 'cc{a:b}': ['count==3'] } };
export default function () {
  http.get(`${__ENV.TARGET}/text`);
  cc.add(1, { a: 'b', other: 'x,y' });
}
JS
expect 0 "$C6" run --quiet -e TARGET="$TARGET" --out json=p.json --out csv=p.csv --out json=p.json.gz script.js
has p.json '^\{"type":"Metric","data":\{"name":"cc","type":"counter","contains":"default","thresholds":\["count==3"\],"submetrics":\[\{"name":"cc\{a:b\}","suffix":"a:b","tags":\{"a":"b"\}\}\]\},"metric":"cc"\}$'
has p.json '^\{"metric":"http_reqs","type":"Point","data":\{"time":"[0-9T:.-]+(Z|[+-][0-9:]+)","value":1,"tags":\{"expected_response":"true","group":"","method":"GET",'
[ "$(grep -c '"metric":"cc","type":"Point"' p.json)" = 3 ] || { echo "not three points"; cat p.json; exit 1; }
gzip -dc p.json.gz >unpacked
[ "$(grep -c '"type":"Point"' unpacked)" = "$(grep -c '"type":"Point"' p.json)" ] || { echo "gzip holds other points"; exit 1; }
has p.csv '^metric_name,timestamp,metric_value,check,error,error_code,expected_response,group,method,name,proto,scenario,service,status,subproto,tls_version,url,extra_tags,metadata$'
has p.csv '^cc,[0-9]{10},1\.000000,,,,,,,,,default,,,,,,"a=b&other=x,y",$'

expect 0 "$C6" run --quiet -e TARGET="$TARGET" --out json script.js
has out '"type":"Point"'
has out 'http_reqs'

# A full disk is said once, and the test goes on to its end.
expect 0 "$C6" run --quiet -e TARGET="$TARGET" --out json=/dev/full --out csv=good.csv script.js
has err 'json cannot write to /dev/full: No space left on device'
[ "$(grep -c 'dev/full' err)" = 1 ] || { echo "said more than once"; cat err; exit 1; }
has out 'iterations.*: 3 '
has good.csv '^iterations,'

# Several points of a metric with the tags that are switched on as metadata.
expect 0 "$C6" run --quiet -e TARGET="$TARGET" --system-tags vu,iter,url --out csv=m.csv script.js
has m.csv '^metric_name,timestamp,metric_value,url,extra_tags,metadata$'
has m.csv '^cc,[0-9]+,1\.000000,,"a=b&other=x,y",iter=[0-2]&vu=1$'

# A file that can't be made is found late: the run sums up, which handleSummary sees.
expect 255 "$C6" run --quiet -e TARGET="$TARGET" --out json=/nonexistent/p.json script.js
has err "open /nonexistent/p.json: No such file or directory"
cat >summing.js <<'END'
export default function () {}
export function handleSummary(data) { return { stdout: Object.keys(data.metrics).length + ' metrics' }; }
END
expect 255 "$C6" run --quiet --out json=/nonexistent/p.json summing.js
has out '^0 metrics$'
expect 255 "$C6" run --quiet --out csv=/nonexistent/p.csv summing.js
has err "could not create the 'csv' output: open /nonexistent/p.csv: No such file or directory"
hasnt out 'metrics'
expect 255 "$C6" run --quiet -e TARGET="$TARGET" --out jsno=p.json script.js
has err "invalid output type 'jsno', available types are: csv, json"
expect 255 env K6_CSV_TIME_FORMAT=nosuch "$C6" run --quiet -e TARGET="$TARGET" --out csv=x.csv script.js
has err 'nosuch does not belong to TimeFormat values'
