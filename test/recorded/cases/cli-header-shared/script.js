import { sleep } from "k6";
export const options = { scenarios: { some_name: { executor:"shared-iterations",vus:3,iterations:10, exec: "run", startTime: "100ms" } } };
export function run() { sleep(0.05); }
