import { sleep } from "k6";
export const options = { scenarios: { some_name: { executor:"ramping-vus",startVUs:2,stages:[{duration:"500ms",target:5},{duration:"500ms",target:0}], exec: "run", startTime: "100ms" } } };
export function run() { sleep(0.05); }
