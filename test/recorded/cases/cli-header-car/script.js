import { sleep } from "k6";
export const options = { scenarios: { some_name: { executor:"constant-arrival-rate",rate:30,timeUnit:"1m",duration:"1s",preAllocatedVUs:2,maxVUs:4, exec: "run", startTime: "100ms" } } };
export function run() { sleep(0.05); }
