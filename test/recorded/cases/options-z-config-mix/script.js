
import exec from 'k6/execution';
export const options = JSON.parse(__ENV.O || '{}');
export default function () { const o = exec.test.options; console.log(JSON.stringify([o.scenarios, o.tags, o.userAgent, o.batch])); }
