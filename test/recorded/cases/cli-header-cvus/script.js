import { sleep } from "k6";
export const options = { scenarios: { some_name: { executor:"constant-vus",vus:5,duration:"1s",gracefulStop:"0s", exec: "run", startTime: "100ms" } } };
export function run() { sleep(0.05); }
