import { Trend } from 'k6/metrics';
const t = new Trend('tt', true);
export const options = { summaryTimeUnit: __ENV.U || null };
export default function () { t.add(1500); t.add(0.25); }
