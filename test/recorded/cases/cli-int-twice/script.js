import { sleep } from "k6";
export const options = { duration: "20s", vus: 1 };
export default function () { console.log("in"); sleep(20); }
export function teardown() { console.log("teardown"); sleep(10); }
