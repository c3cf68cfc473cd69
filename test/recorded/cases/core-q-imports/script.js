import k6, { sleep as zzz } from 'k6';
import * as all from 'k6';
import metrics from 'k6/metrics';
import * as mall from 'k6/metrics';
export default function () {
  console.log(Object.keys(k6).sort().join(), Object.keys(all).sort().join(), typeof zzz, typeof k6.sleep);
  console.log(Object.keys(metrics).sort().join(), Object.keys(mall).sort().join());
  console.log(['check', 'fail', 'group', 'randomSeed', 'sleep'].map((n) => `${n}:${k6[n].length}:${k6[n].name.length > 0}`).join());
}
