import k6 from 'k6';
import exec from 'k6/execution';
import * as metrics from 'k6/metrics';

const c = new metrics.Counter('cc');

export default function () {
  for (const k of Object.keys(k6).sort()) console.log(k, k6[k].length);
  for (const k of Object.keys(metrics).sort()) console.log(k, metrics[k].length);
  console.log('add', c.add.length, 'abort', exec.test.abort.length, 'fail', exec.test.fail.length);
  console.log(setTimeout.length, clearTimeout.length, setInterval.length, clearInterval.length, console.log.length);
}
