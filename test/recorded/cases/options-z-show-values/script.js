export const options = JSON.parse(__ENV.O);
import exec from 'k6/execution'; import { sleep } from 'k6';
export default function () { sleep(0.05); const o = exec.test.options; for (const k of JSON.parse(__ENV.O) && Object.keys(JSON.parse(__ENV.O))) console.log(k, JSON.stringify(o[k])); }