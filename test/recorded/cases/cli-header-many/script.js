import { sleep } from "k6";
export const options = { scenarios: { b: { executor:"shared-iterations",vus:3,iterations:10 }, a: { executor:"per-vu-iterations",vus:4,iterations:2,maxDuration:"1m",gracefulStop:"5s" }, later: { executor: "shared-iterations", startTime: "300ms" } } };
export default function () { sleep(0.01); }
