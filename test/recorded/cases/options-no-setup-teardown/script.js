export function setup() { console.log("setup"); return 5; }
export default function (d) { console.log(d); }
export function teardown(d) { console.log("teardown", d); }
