import exec from 'k6/execution';
import { sleep } from 'k6';
export default function () { if (exec.scenario.iterationInTest === 0) console.log(JSON.stringify(exec.test.options.scenarios)); sleep(0.2); }
