export const options = { scenarios: { a: { executor:"shared-iterations",vus:3,iterations:10 }, b: { executor:"per-vu-iterations",vus:4,iterations:2,maxDuration:"1m",gracefulStop:"5s" } } };
export default function () {}
