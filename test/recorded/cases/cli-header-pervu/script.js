import { sleep } from "k6";
export const options = { scenarios: { some_name: { executor:"per-vu-iterations",vus:4,iterations:2,maxDuration:"1m",gracefulStop:"5s", exec: "run", startTime: "100ms" } } };
export function run() { sleep(0.05); }
