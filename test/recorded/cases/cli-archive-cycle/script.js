export const options = { scenarios: { a: { executor: "shared-iterations", vus: 2, iterations: 3, env: { E: "scen" }, exec: "f" } }, tags: { t: "1" } };
export function f() { console.log(__ENV.E, __ENV.A); }
export default function () { console.log("default", __ENV.A); }
