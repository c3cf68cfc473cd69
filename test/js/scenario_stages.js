//# args: --stage 300ms:3 --stage 200ms:0 --workers 2
import { sleep } from 'k6';
export const options = { vus: 1, thresholds: { iterations: ['count>3'] } };
export default function () {
  sleep(0.02);
}
